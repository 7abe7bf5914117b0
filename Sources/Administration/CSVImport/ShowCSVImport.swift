import Pages
import PostgreSQL
import Resource
import Web

/// `GET /admin/imports/{id}/`: what would become of each row of a file, or what became of them.
struct ShowCSVImport: PageHandler {
    private static let size = 25
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
            \(rows(upload, report, page))
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
        let ignored = report.ignored.map {
            "<li><code>\(page.localized($0.name))</code>: \(page.localized($0.reason))</li>" as HTML
        }
        let names: HTML? =
            ignored.isEmpty ? nil : "<h2>\(page.localized(.ignoredColumns))</h2><ul>\(ignored)</ul>"
        return """
            <p class="notice">\(page.localized(.nothingWritten))</p>
            \(counts(upload, page))
            \(button)
            <form method="post" action="\(upload.path)">\(page.layout.formToken)
            <p><a class="button quiet" href="\(upload.table.importPath)">\(page.localized(.anotherFile))</a>
            <button class="quiet" name="do" value="discard">\(page.localized(.discard))</button></p></form>
            <p class="quiet">\(page.localized(.readAs(report.encoding, report.separator)))</p>
            \(names)
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

    // MARK: The rows

    private func rows(_ upload: CSVImport, _ report: CSVImportReport, _ page: PageContext) -> HTML? {
        guard !report.rows.isEmpty else { return nil }
        let first = RowOutcome.wrong
        let shown =
            outcome ?? (report.count(first) > 0 ? first : RowOutcome.allCases.first { report.count($0) > 0 }) ?? first
        let all = report.rows.filter { $0.outcome == shown }
        let start = min((number - 1) * Self.size, max(all.count - 1, 0) / Self.size * Self.size)
        let part = all.dropFirst(start).prefix(Self.size)
        let tabs = RowOutcome.allCases.filter { report.count($0) > 0 }.map { outcome -> HTML in
            "<li><a href=\"\(Self.address(outcome))\"\(" aria-current=\"true\"", if: outcome == shown)>\(page.localized(outcome.label)) (\(report.count(outcome)))</a></li>"
        }
        let file: HTML? =
            report.faults.isEmpty
            ? nil
            : "<p><a href=\"\(AdminPath.importFaults(upload.id))\" download>\(page.localized(.downloadFaults))</a></p>"
        return """
            <h2 id="rows">\(page.localized(upload.undoneAt == nil ? .rows : .leftRows))</h2>
            <ul class="chips">\(tabs)</ul>
            \(file)<ul class="rows">
            \(part.map { line($0, upload, report, page) })</ul>
            \(pager(all.count, start, shown, page))
            """
    }

    private func line(
        _ row: CSVImportReport.Row, _ upload: CSVImport, _ report: CSVImportReport, _ page: PageContext
    ) -> HTML {
        let table = upload.table
        let faults = report.faults.filter { $0.line == row.line }.map { fault -> HTML in
            let label = page.localized(table.label(fault.field))
            let isSaid = fault.value.isEmpty || page.localized(fault.text).contains(fault.value.echo)
            let value: HTML? = isSaid ? nil : " <span class=\"quiet\">«\(fault.value.echo)»</span>"
            return
                "<li>\(label.isEmpty ? nil : "<strong>\(label)</strong>\(value): " as HTML)\(page.localized(fault.text))</li>"
        }
        let changes = report.changes.filter { $0.line == row.line }.map { change -> HTML in
            "<li><strong>\(page.localized(table.label(change.field)))</strong>: <del>\(change.old.echo)</del> → <ins>\(change.new.echo)</ins></li>"
        }
        let name: HTML = row.id > 0 ? "<a href=\"\(table.path(of: row.id))\">\(row.summary)</a>" : "\(row.summary)"
        let list: HTML? = faults.isEmpty && changes.isEmpty ? nil : "<ul class=\"reasons\">\(faults)\(changes)</ul>"
        let place: HTML? = row.line > 0 ? "<span class=\"quiet\">\(page.localized(.line)) \(row.line)</span> " : nil
        return "<li><div>\(place)\(name)\(list)</div></li>\n"
    }

    private static func address(_ outcome: RowOutcome, _ number: Int = 1) -> String {
        let page = number > 1 ? [QueryItem("page", String(number))] : []
        return "?" + QueryItem.encode([QueryItem("show", outcome.rawValue)] + page)
    }

    private func pager(_ count: Int, _ start: Int, _ shown: RowOutcome, _ page: PageContext) -> HTML? {
        guard count > Self.size else { return nil }
        let here = start / Self.size + 1
        func link(_ number: Int, _ text: Text) -> HTML {
            "<a class=\"button quiet\" href=\"\(Self.address(shown, number))#rows\">\(page.localized(text))</a> "
        }
        return """
            <p>\(here > 1 ? link(here - 1, .earlier) : nil)\(start + Self.size < count ? link(here + 1, .further) : nil)\
            <span class="quiet">\(start + 1)–\(min(start + Self.size, count)) / \(count)</span></p>
            """
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
        let name = page.localized(Text("errors", es: "errores"))
        let lines = report.faultLines(upload.table, page.layout.language)
        return .csv(named: "\(upload.table.admin.slug)-\(name)", lines)
    }
}

extension Text {
    static let undo = Text("Undo", es: "Deshacer")
    static let leftAsIs = Text("Left as they are", es: "Se dejaron como están")
    fileprivate static let preview = Text("Preview", es: "Vista previa")
    fileprivate static let importOf = Text("Import", es: "Importación")
    fileprivate static let rows = Text("Rows", es: "Filas")
    fileprivate static let leftRows = Text("Rows that were left", es: "Filas que se dejaron")
    fileprivate static let line = Text("Line", es: "Línea")
    fileprivate static let earlier = Text("Back", es: "Anteriores")
    fileprivate static let further = Text("Further", es: "Siguientes")
    fileprivate static let takenBack = Text("Taken back", es: "Deshechas")
    fileprivate static let undoneBy = Text("Taken back by", es: "La deshizo")
    fileprivate static let toTheList = Text("To the list:", es: "Ir a la lista:")
    fileprivate static let anotherFile = Text("Choose another file", es: "Elegir otro archivo")
    fileprivate static let discard = Text("Forget this file", es: "Descartar este archivo")
    fileprivate static let ignoredColumns = Text("Columns that are left out", es: "Columnas que se omiten")
    fileprivate static let downloadFaults = Text("Download the errors (CSV)", es: "Descargar los errores (CSV)")
    fileprivate static let nothingWritten = Text(
        "This is only a look: nothing has been written. The file is kept for an hour.",
        es: "Esto es solo una revisión: no se ha escrito nada. El archivo se conserva una hora.")
    fileprivate static let nothingToDo = Text(
        "There is nothing to import: everything is there already.", es: "No hay nada que importar: todo ya estaba.")
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
            "Import the \(count) good rows, leave \(wrong) out",
            es: "Importar las \(count) filas correctas y omitir \(wrong)")
    }

    fileprivate static func someAreWrong(_ count: Int) -> Text {
        Text(
            "Rows with errors: \(count). Correct the file and choose it again, so that all is imported or nothing; or import"
                + " the good rows alone.",
            es:
                "Filas con errores: \(count). Corrija el archivo y elíjalo de nuevo, para importar todo o nada; o importe solo"
                + " las filas correctas.")
    }

    fileprivate static func readAs(_ encoding: String, _ separator: String) -> Text {
        let between = separator == "\t" ? Text("tabs", es: "tabuladores") : Text("“\(separator)”", es: "«\(separator)»")
        return Text(
            "Read as \(encoding), with \(between.english) between cells.",
            es: "Se leyó como \(encoding), con \(between.spanish) entre celdas.")
    }
}
