import Pages
import PostgreSQL
import Resource
import Web

/// `GET /admin/imports/{id}/`: what would become of each row of a file, or what became of them.
struct ShowCSVImport: PageHandler {
    private let id: Int64
    private let outcome: RowOutcome?
    private let number: Int

    init(_ request: Request) throws(HTTPError) {
        id = try request.identifier()
        outcome = request.queryValue("show").flatMap(RowOutcome.init(rawValue:))
        let pages = Int64(1)...Int64(CSVImportLimit.rows)
        number = request.queryValue("page").flatMap { WholeNumber.nearest(to: $0, in: pages) }.map(Int.init) ?? 1
    }

    func respond(_ page: PageContext) throws -> Response {
        guard let row = try page.context.run([CSVImport.find(id)])[0].first else { throw HTTPError.notFound() }
        let upload = try CSVImport(row)
        let report = try upload.report(page.context.keys.accounts)
        let title = page.localized(upload.table.resource.plural)
        return page.admin(
            "\(page.localized(upload.isImported ? .importOf : .preview)): \(title)",
            crumbs: [Crumb(path: AdminPath.imports, label: page.localized(.imports))],
            """
            <p class="quiet">\(upload.origin(page))</p>
            \(upload.isImported ? result(upload, page) : question(upload, report, page))
            \(CSVImportRows(upload: upload, report: report, outcome: outcome, number: number).html(page))
            """)
    }

    // MARK: Above the rows

    private func result(_ upload: CSVImport, _ page: PageContext) -> HTML {
        let undo: HTML? =
            upload.canBeUndone
            ? "<p><a class=\"button quiet\" href=\"\(AdminPath.undoImport(upload.id))\">\(page.localized(.undo))</a></p>"
            : nil
        return """
            \(counts(upload, page))
            \(undo)<p><a href="\(upload.table.path)">\(page.localized(.toTheList)) \(page.localized(upload.table.resource.plural))</a></p>
            """
    }

    /// What can be done now; the button says how much it does.
    private func question(_ upload: CSVImport, _ report: CSVImportReport, _ page: PageContext) -> HTML {
        let wrong = report.count(.wrong)
        let button: HTML
        if report.writes == 0 {
            button = "<p>\(page.localized(wrong == 0 ? .nothingToDo : .nothingGood))</p>"
        } else if wrong == 0 {
            button = form(upload, "all", .importRows(report.writes), page)
        } else {
            button = """
                <p>\(page.localized(.someAreWrong(wrong)))</p>
                \(form(upload, "good", .importGood(report.writes, leaving: wrong), page))
                """
        }
        guard !report.columns.isEmpty else { return noColumns(upload, page) }
        let ignored = report.ignored.map {
            "<li><code>\(page.localized($0.name))</code>: \(page.localized($0.reason))</li>" as HTML
        }
        let names: HTML? =
            ignored.isEmpty ? nil : "<h2>\(page.localized(.ignoredColumns))</h2><ul>\(ignored)</ul>"
        return """
            <p class="notice">\(page.localized(.nothingWritten))</p>
            \(warnings(upload, report, page))\(counts(upload, page))
            \(button)
            <form method="post" action="\(upload.path)">\(page.layout.formToken)
            <p><a class="button quiet" href="\(upload.table.importPath)">\(page.localized(.anotherFile))</a>
            <button class="quiet" name="do" value="discard">\(page.localized(.discard))</button></p></form>
            <p class="quiet">\(page.localized(.readAs(report.encoding, report.separator)))</p>
            \(names)<p><a href="\(AdminPath.importColumns(upload.id))">\(page.localized(.matchColumns))</a></p>
            """
    }

    /// What is missing in every row, and what the rows would do that nobody may want.
    private func warnings(_ upload: CSVImport, _ report: CSVImportReport, _ page: PageContext) -> HTML {
        let missing = report.missing.isEmpty ? [] : [Text.missing(report.missing.map(upload.table.label))]
        let match: HTML = " <a href=\"\(AdminPath.importColumns(upload.id))\">\(page.localized(.matchColumns))</a>"
        let absent = missing.map { "<p class=\"notice\">\(Icon.warning)\(page.localized($0))\(match)</p>\n" as HTML }
        let others = report.warnings.map { "<p class=\"notice\">\(Icon.warning)\(page.localized($0))</p>\n" as HTML }
        return HTML(absent + others)
    }

    /// No column is known: nothing can be said of the rows.
    private func noColumns(_ upload: CSVImport, _ page: PageContext) -> HTML {
        """
        <p class="notice">\(Icon.warning)\(page.localized(.noKnownColumn))</p>
        <p><a class="button" href="\(AdminPath.importColumns(upload.id))">\(page.localized(.matchColumns))</a>
        <a class="button quiet" href="\(upload.table.importPath)">\(page.localized(.anotherFile))</a></p>
        """
    }

    private func form(_ upload: CSVImport, _ rows: String, _ label: Text, _ page: PageContext) -> HTML {
        """
        <form method="post" action="\(upload.path)">\(page.layout.formToken)<p><button name="do" value="\(rows)">\(page.localized(label))</button></p></form>
        """
    }

    private func counts(_ upload: CSVImport, _ page: PageContext) -> HTML {
        var facts = RowOutcome.allCases.map { ($0.label, upload.counts[$0, default: 0]) }
        if upload.undoneAt != nil { facts += [(.takenBack, upload.takenBack), (.leftAsIs, upload.left)] }
        let lines = facts.map { "<div><dt>\(page.localized($0.0))</dt><dd>\($0.1)</dd></div>" as HTML }
        let undone: HTML? = upload.undoneAt.map {
            "<p class=\"notice\">\(page.localized(.undoneBy)) \(upload.undoneBy), \(SiteTime($0).html(page)).</p>"
        }
        return "\(undone)<dl class=\"facts\">\(lines)</dl>"
    }
}

/// `GET /admin/imports/{id}/errors/`: what is wrong, as a file to work through.
struct ShowImportFaults: PageHandler {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) {
        id = try request.identifier()
    }

    func respond(_ page: PageContext) throws -> Response {
        guard let row = try page.context.run([CSVImport.find(id)])[0].first else { throw HTTPError.notFound() }
        let upload = try CSVImport(row)
        let report = try upload.report(page.context.keys.accounts)
        let errors = page.localized(Text("errors", es: "errores"))
        let lines = report.faultLines(upload.table, page.layout.language)
        return .csv(
            named: "\(upload.table.admin.slug)-errors", title: "\(upload.table.fileName(page))-\(errors)", lines)
    }
}

extension Text {
    static let undo = Text("Undo", es: "Deshacer")
    static let leftAsIs = Text("Left as they are", es: "Se dejaron como estaban")
    fileprivate static let preview = Text("Preview", es: "Vista previa")
    fileprivate static let importOf = Text("Import", es: "Importación")
    fileprivate static let takenBack = Text("Undone", es: "Deshechas")
    fileprivate static let undoneBy = Text("Undone by", es: "La deshizo")
    fileprivate static let toTheList = Text("Go to the list:", es: "Ir a la lista:")
    fileprivate static let anotherFile = Text("Choose another file", es: "Elegir otro archivo")
    fileprivate static let discard = Text("Discard file", es: "Descartar archivo")
    fileprivate static let ignoredColumns = Text("Columns not imported", es: "Columnas que no se importan")
    fileprivate static let nothingWritten = Text(
        "This is only a preview: nothing has been saved. The file is kept for an hour.",
        es: "Esto es solo una vista previa: no se ha guardado nada. El archivo se conserva una hora.")
    fileprivate static let noKnownColumn = Text(
        "The first line does not name any column of this list: choose what each column is, or choose a"
            + " file whose first line has the column names.",
        es:
            "La primera línea no nombra ninguna columna de esta lista: indique cuáles son sus columnas, o"
            + " elija un archivo cuya"
            + " primera línea contenga los nombres.")
    fileprivate static let nothingToDo = Text(
        "There is nothing to import: everything already exists.", es: "No hay nada que importar: todo ya estaba.")
    fileprivate static let nothingGood = Text(
        "There is nothing to import: correct the file and choose it again.",
        es: "No hay nada que importar: corrija el archivo y elíjalo de nuevo.")
    fileprivate static func importRows(_ count: Int) -> Text {
        Text(
            count == 1 ? "Import 1 row" : "Import \(count) rows",
            es: count == 1 ? "Importar 1 fila" : "Importar \(count) filas")
    }

    fileprivate static func importGood(_ count: Int, leaving wrong: Int) -> Text {
        Text(
            count == 1
                ? "Import the correct row and skip \(wrong)" : "Import the \(count) correct rows and skip \(wrong)",
            es: count == 1
                ? "Importar la fila correcta y omitir \(wrong)"
                : "Importar las \(count) filas correctas y omitir \(wrong)")
    }

    fileprivate static func someAreWrong(_ count: Int) -> Text {
        Text(
            "Rows with errors: \(count). Correct the file and choose it again to import everything, or"
                + " import only the correct rows.",
            es:
                "Filas con errores: \(count). Corrija el archivo y elíjalo de nuevo para importar todo, o"
                + " importe solo las filas correctas.")
    }

    fileprivate static func readAs(_ encoding: String, _ separator: String) -> Text {
        let between = separator == "\t" ? Text("tabs", es: "tabuladores") : Text("“\(separator)”", es: "«\(separator)»")
        return Text(
            "Read as \(encoding), with \(between.english) between cells.",
            es: "Se leyó como \(encoding), con \(between.spanish) entre celdas.")
    }
}
