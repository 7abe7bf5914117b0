import JSON
import Pages
import PostgreSQL
import Resource
import Web

/// `/admin/imports/{id}/undo/`: deletes what an import made and puts back what it changed, once somebody is sure.
struct UndoPage: FormPage {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) {
        id = try request.identifier()
    }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        guard let row = try page.context.run([CSVImport.find(id)])[0].first else { throw HTTPError.notFound() }
        let upload = try CSVImport(row)
        guard upload.canBeUndone else { return page.seeOther(upload.path, notice: .nothingToUndo) }
        let first = try CSVImportUndo(upload: upload).dependents(page.context).map { other -> HTML in
            "<li><a href=\"\(AdminPath.undoImport(other.id))\">\(page.localized(other.table.resource.plural))</a>: \(other.origin(page))</li>"
        }
        let order: HTML? =
            first.isEmpty
            ? nil : "<p class=\"notice\">\(Icon.warning)\(page.localized(.undoFirst))</p>\n<ul>\(first)</ul>\n"
        let (new, changed) = (upload.counts[.new, default: 0], upload.counts[.changed, default: 0])
        return ConfirmationPage(
            title: Text("Undo this import?", es: "¿Deshacer esta importación?"),
            consequences: [.undoAbout(new, changed), .undoLeaves], button: .undo, isDestructive: true
        ).response(
            page,
            crumbs: [
                Crumb(path: AdminPath.imports, label: page.localized(.imports)),
                Crumb(path: upload.path, label: page.localized(upload.table.resource.plural)),
            ], "<p class=\"quiet\">\(upload.origin(page))</p>\n\(order)")
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        do { return try undo(page) } catch is NothingUndone {
            return page.seeOther(AdminPath.undoImport(id), notice: .nothingUndone)
        }
    }

    /// It stays offered where nothing could be taken back.
    private struct NothingUndone: Error {}

    private func undo(_ page: PageContext) throws -> Response {
        let result = try page.context.transaction { context -> (taken: Int, left: Int)? in
            guard let row = try context.run([CSVImport.lock(id)])[0].first else { return nil }
            let upload = try CSVImport(row)
            guard upload.canBeUndone else { return nil }
            var undo = CSVImportUndo(upload: upload)
            let result = try undo.run(context)
            guard result.taken > 0 || result.left == 0 else { throw NothingUndone() }
            return result
        }
        guard let result else { return page.seeOther(AdminPath.importedFile(id), notice: .nothingToUndo) }
        return page.seeOther(AdminPath.importedFile(id), notice: .undone(result.taken, left: result.left))
    }
}

extension Text {
    fileprivate static let nothingToUndo = Text(
        "There is nothing to undo.", es: "No hay nada que deshacer.")
    fileprivate static let nothingUndone = Text(
        "Nothing was undone: somebody has changed all of its records since, or something else depends on them.",
        es:
            "No se deshizo nada: alguien cambió después todos sus registros, o de ellos depende otra cosa.")
    fileprivate static let undoFirst = Text(
        "Records of other imports depend on this one. Undo these first:",
        es: "De esta importación dependen registros de otras. Deshaga primero estas:")
    fileprivate static let undoLeaves = Text(
        "Records that somebody has changed since, or that something else now depends on, are left as"
            + " they are and listed.",
        es:
            "Los registros que alguien haya cambiado después, o de los que ya dependa otra cosa, se dejan"
            + " como están y se enumeran."
    )

    fileprivate static func undoAbout(_ new: Int64, _ changed: Int64) -> Text {
        Text(
            "This deletes the records the import created (\(new)) and restores what it changed (\(changed)).",
            es: "Elimina los registros que creó la importación (\(new)) y restablece lo que cambió (\(changed)).")
    }

    fileprivate static func undone(_ taken: Int, left: Int) -> Text {
        Text(
            "Undone: \(taken). Left as they are: \(left).", es: "Deshechas: \(taken). Se dejaron como estaban: \(left)."
        )
    }
}
