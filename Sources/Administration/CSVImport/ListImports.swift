import Pages
import PostgreSQL
import Resource
import Web

/// `GET /admin/imports/`: what was imported here, and one's own files that wait.
struct ListImports: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response {
        let uploads = try page.context.run([CSVImport.list])[0].map(CSVImport.init)
        let lines = uploads.map { upload -> HTML in
            let undo: HTML? =
                upload.canBeUndone
                ? "<a class=\"button quiet\" href=\"\(AdminPath.undoImport(upload.id))\">\(page.localized(.undo))<span class=\"unseen\"> \(upload.fileName)</span></a>"
                : nil
            return """
                <li><div><a href="\(upload.path)"><strong>\(page.localized(upload.table.resource.plural))</strong></a> \(upload.state(page))<br>
                <span class="quiet">\(upload.origin(page))<br>\(upload.countsInWords(page))</span></div>\(undo)</li>

                """
        }
        let begin = Table.importable.map { table -> HTML in
            "<li><a href=\"\(table.importPath)\">\(page.localized(table.resource.plural))</a></li>"
        }
        let list: HTML =
            lines.isEmpty ? "<p>\(page.localized(.nothingImported))</p>" : "<ul class=\"rows\">\n\(lines)</ul>"
        return page.admin(
            .imports,
            """
            \(list)
            <h2>\(page.localized(.importMore))</h2>
            <ul class="chips">\(begin)</ul>
            """)
    }
}

extension CSVImport {
    /// Whether it waits, stands or was taken back.
    func state(_ page: PageContext) -> HTML {
        let text: Text =
            if undoneAt != nil {
                Text("undone", es: "deshecha")
            } else if isImported {
                Text("imported", es: "importada")
            } else {
                Text("not imported yet", es: "sin importar")
            }
        return "<span class=\"badge\">\(page.localized(text))</span>"
    }

    /// What it was called, by whom and when.
    func origin(_ page: PageContext) -> HTML {
        guard isImported else { return "\(fileName)" }
        return "\(fileName) · \(importedBy) · \(SiteTime(importedAt).html(page))"
    }

    func countsInWords(_ page: PageContext) -> String {
        RowOutcome.allCases.filter { counts[$0, default: 0] > 0 }
            .map { "\(page.localized($0.label)): \(counts[$0, default: 0])" }.joined(separator: " · ")
    }
}

extension Text {
    fileprivate static let nothingImported = Text("Nothing has been imported yet.", es: "Aún no se ha importado nada.")
    fileprivate static let importMore = Text("Import", es: "Importar")
}
