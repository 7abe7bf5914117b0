import Pages
import PostgreSQL
import Resource
import Web

/// `POST /admin/imports/{id}/`: imports what was shown, or throws the file away.
///
/// - SQL: `api.finish_csv_import` (sql/functions/csv_import/finish_csv_import.sql).
struct PerformCSVImport: PageHandler {
    private enum Step: String { case all, good, discard }
    private let id: Int64
    private let step: Step

    init(_ request: Request) throws(HTTPError) {
        id = try request.identifier()
        guard let step = Step(rawValue: try Form(request).text("do")) else { throw .badRequest(.invalidValue) }
        self.step = step
    }

    func respond(_ page: PageContext) throws -> Response {
        guard step != .discard else { return try discard(page) }
        do {
            let done = try page.context.transaction { context in try write(page, context) }
            if let sheet = done.sheet { return sheet.response(page) }
            return page.seeOther(AdminPath.importedFile(id), notice: .imported(done.count))
        } catch let other as Other {
            // Found out before anything was kept: what is shown next is how it is now.
            _ = try page.context.run([try other.upload.renewal(other.report, page.context.keys.accounts)])
            return page.seeOther(AdminPath.importedFile(id), notice: .notAsShown)
        } catch is Held {
            return page.seeOther(AdminPath.importedFile(id), notice: .alreadyImported)
        }
    }

    /// The transaction that keeps what the dry run threw away.
    private func write(_ page: PageContext, _ context: Context) throws -> (count: Int, sheet: InvitationSheet?) {
        guard let row = try context.run([CSVImport.lock(id)])[0].first else { throw Held() }
        let upload = try CSVImport(row)
        guard !upload.isImported else { throw Held() }
        let keys = context.keys.accounts
        let importer = try CSVImporter(upload.table, upload.text(keys), encoding: "", context)
        let shown = try upload.report(keys)
        var report = try importer.run(context)
        report.encoding = shown.encoding
        guard report.agrees(with: shown), report.writes > 0, step == .good || report.count(.wrong) == 0 else {
            throw Other(upload: upload, report: report)
        }
        let kept: Parameter = report.faults.isEmpty ? .null : .bytes(try upload.seal(report.leftovers, keys))
        let finish = Statement("select api.finish_csv_import($1, $2)", parameters: [.integer(id), kept])
        guard try context.run([finish])[0].single().bool(0) else { throw Held() }
        return (report.writes, try InvitationSheet(ofNew: report, upload.table, context))
    }

    private func discard(_ page: PageContext) throws -> Response {
        let sql = "delete from garita.csv_imports where id = $1 and imported_at is null"
        _ = try page.context.run([Statement(sql, parameters: [.integer(id)])])
        return page.seeOther(
            AdminPath.imports, notice: Text("The file was discarded.", es: "El archivo se descartó."))
    }

    /// Somebody imports it this moment, or did.
    private struct Held: Error {}

    /// It would not do what was shown.
    private struct Other: Error {
        let upload: CSVImport
        let report: CSVImportReport
    }
}

extension Text {
    fileprivate static let notAsShown = Text(
        "Nothing was imported: something has changed since the file was reviewed. This is how it looks"
            + " now.",
        es: "No se importó nada: algo cambió desde que se revisó el archivo. Así está ahora.")
    fileprivate static let alreadyImported = Text(
        "This file was already imported or is no longer kept. To import it, choose it again.",
        es: "Este archivo ya se importó o ya no se conserva. Para importarlo, elíjalo de nuevo.")

    fileprivate static func imported(_ count: Int) -> Text {
        Text("Imported: \(count).", es: "Filas importadas: \(count).")
    }
}
