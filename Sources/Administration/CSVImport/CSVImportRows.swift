import Pages
import Resource
import Web

/// The rows of a file with what becomes of each, some at a time; on a phone one below the other.
struct CSVImportRows {
    private static let size = 25
    let upload: CSVImport
    let report: CSVImportReport
    /// Of which rows; nil for those that need somebody first.
    let outcome: RowOutcome?
    /// Of the page, from 1.
    let number: Int

    func html(_ page: PageContext) -> HTML? {
        guard !report.rows.isEmpty else { return nil }
        let first = RowOutcome.wrong
        let shown =
            outcome ?? (report.count(first) > 0 ? first : RowOutcome.allCases.first { report.count($0) > 0 }) ?? first
        let all = report.rows.filter { $0.outcome == shown }
        let start = min((number - 1) * Self.size, max(all.count - 1, 0) / Self.size * Self.size)
        let tabs = RowOutcome.allCases.filter { report.count($0) > 0 }.map { outcome -> HTML in
            "<li><a href=\"\(Self.address(outcome))\"\(" aria-current=\"true\"", if: outcome == shown)>\(page.localized(outcome.label)) (\(report.count(outcome)))</a></li>"
        }
        let file: HTML? =
            report.faults.isEmpty && report.missing.isEmpty
            ? nil
            : "<p><a href=\"\(AdminPath.importFaults(upload.id))\" download>\(page.localized(.downloadFaults))</a></p>"
        return """
            <h2 id="rows">\(page.localized(upload.undoneAt == nil ? .rows : .leftRows))</h2>
            <ul class="chips">\(tabs)</ul>
            \(file)\(table(Array(all.dropFirst(start).prefix(Self.size)), page))
            \(pager(all.count, start, shown, page))
            """
    }

    private func table(_ rows: [CSVImportReport.Row], _ page: PageContext) -> HTML {
        let labels = self.labels
        let notes = rows.map { self.notes($0, page) }
        let hasNotes = notes.contains { $0 != nil }
        let heading: HTML? = hasNotes ? "<th scope=\"col\">\(page.localized(.whatIsSaid))</th>" : nil
        let name = page.localized(upload.table.resource.plural)
        return """
            <div class="wide" role="region" aria-label="\(name)" tabindex="0"><table class="rows-table"><thead><tr>\
            <th scope="col">\(page.localized(.line))</th>\(heading)\
            \(labels.map { "<th scope=\"col\">\(page.localized($0))</th>" as HTML })</tr></thead>
            <tbody>\(zip(rows, notes).map { line($0, $1, labels, hasNotes: hasNotes, page) })</tbody></table></div>
            """
    }

    private func line(
        _ row: CSVImportReport.Row, _ notes: HTML?, _ labels: [Text], hasNotes: Bool, _ page: PageContext
    ) -> HTML {
        let place = row.line > 0 ? "\(page.localized(.line)) \(row.line)" : "#\(row.id)"
        let name: HTML = row.id > 0 ? "<a href=\"\(upload.table.path(of: row.id))\">\(place)</a>" : "\(place)"
        let said: HTML? = hasNotes ? "<td>\(notes)</td>" : nil
        let names = report.columns.isEmpty ? [""] : report.columns
        let cells = zip(labels, zip(names, row.cells)).map { label, cell -> HTML in
            "<td data-label=\"\(page.localized(label))\"><span>\(written(cell.1, cell.0, page))</span></td>"
        }
        return "<tr><th scope=\"row\">\(name)</th>\(said)\(cells)</tr>\n"
    }

    private var labels: [Text] {
        report.columns.isEmpty ? [Text.record] : report.columns.map(upload.table.label)
    }

    /// A value as people write it, of a day or a moment that could be read; everything else as it is.
    private func written(_ value: String, _ field: String, _ page: PageContext) -> String {
        guard value.wholeMatch(of: /\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d.*)?/) != nil else { return value }
        switch upload.table.resource.field(field)?.kind {
        case .date: return Day(value).name(page)
        case .timestamp: return SiteTime(value).name(page)
        default: return value
        }
    }

    /// What is wrong with a row, and what it changes.
    private func notes(_ row: CSVImportReport.Row, _ page: PageContext) -> HTML? {
        let table = upload.table
        let faults = report.faults.filter { $0.line == row.line }.map { fault -> HTML in
            let label = page.localized(table.label(fault.field))
            let isSaid = fault.value.isEmpty || page.localized(fault.text).contains(fault.value.echo)
            let value: HTML? = isSaid ? nil : " <span class=\"quiet\">«\(fault.value.echo)»</span>"
            return
                "<li>\(label.isEmpty ? nil : "<strong>\(label)</strong>\(value): " as HTML)\(page.localized(fault.text))</li>"
        }
        let changes = report.changes.filter { $0.line == row.line }.map { change -> HTML in
            "<li><strong>\(page.localized(table.label(change.field)))</strong>: <del>\(written(change.old, change.field, page).echo)</del> → <ins>\(written(change.new, change.field, page).echo)</ins></li>"
        }
        return faults.isEmpty && changes.isEmpty ? nil : "<ul class=\"reasons\">\(faults)\(changes)</ul>"
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

extension Text {
    fileprivate static let rows = Text("Rows", es: "Filas")
    fileprivate static let leftRows = Text("Rows left as they are", es: "Filas que se dejaron como estaban")
    fileprivate static let line = Text("Line", es: "Línea")
    fileprivate static let record = Text("Record", es: "Registro")
    fileprivate static let whatIsSaid = Text("Errors and changes", es: "Errores y cambios")
    fileprivate static let earlier = Text("Back", es: "Anteriores")
    fileprivate static let further = Text("Further", es: "Siguientes")
    fileprivate static let downloadFaults = Text("Download the errors (CSV)", es: "Descargar los errores (CSV)")
}
