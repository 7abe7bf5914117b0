import Pages
import PostgreSQL
import Resource
import Web

/// `/admin/<table>/{id}/delete/`: what hangs on the row and what can be done instead; gone, unless something still needs
/// it.
struct DeletePage: FormPage {
    private let table: Table
    private let id: Int64

    init(_ table: Table, _ request: Request) throws(HTTPError) {
        self.table = table
        id = try request.identifier()
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        if form.text("instead") == "deactivate", let name = table.admin.deactivationField,
            let column = table.resource.field(name)?.column
        {
            let rows = try page.context.run([
                Statement(
                    "update \(table.resource.table) set \(column) = false where id = $1 returning id",
                    parameters: [.integer(id)])
            ])
            guard rows[0].count == 1 else { throw HTTPError.notFound(table.resource.model) }
            return page.seeOther(table.path(of: id), notice: Text("Deactivated.", es: "Desactivado."))
        }
        do { try DeleteRow(table.resource, page.context.request).perform(page.context) } catch {
            guard [400, 409].contains(HTTPError(error).status) else { throw error }
            throw HTTPError(409, Self.isNeeded)
        }
        return page.seeOther(table.path, notice: Text("Deleted.", es: "Eliminado."))
    }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let hanging = table.admin.related.compactMap { related in
            Table.named(related.slug).map { (related: related, table: $0) }
        }
        let counts = try hanging.map { other in try Self.count(other.related, other.table, id) }
        let results = try page.context.run(
            [table.title(of: .number(id)), References.statement(table.resource.table, id)] + counts)
        guard let row = results[0].first else { throw HTTPError.notFound(table.resource.model) }
        let name = try row.optionalText(1) ?? "#\(id)"
        let linked = try zip(hanging, results.dropFirst(2)).compactMap { other, rows -> HTML? in
            let count = try rows.single().integer(0)
            guard count > 0 else { return nil }
            let address = "\(other.table.path)?\(QueryItem.encode([QueryItem(other.related.filter, String(id))]))"
            let number = count > 1_000 ? "1,000+" : String(count)
            return "<li><a href=\"\(address)\">\(page.localized(other.table.resource.plural))</a>: \(number)</li>"
        }
        // What no list of the administration shows by this row.
        let others = try References(results[1]).all.filter { reference in
            !hanging.contains { $0.table.resource.table == reference.table }
        }
        let lines = linked + others.map { "<li>\(page.localized($0.label)): \(String($0.count))</li>" as HTML }
        let list: HTML =
            lines.isEmpty
            ? "<p>\(page.localized(Text("No other records are related to it.", es: "Ningún otro registro depende de este.")))</p>"
            : "<p>\(page.localized(Text("Related records:", es: "Registros relacionados:")))</p><ul>\(lines)</ul>"
        return page.admin(
            "\(page.localized(.delete)): \(name)",
            crumbs: [table.crumb(page), Crumb(path: table.path(of: id), label: name)],
            status: answer.status,
            """
            \(refusal(answer, page))\(list)
            <form method="post" action="\(table.path(of: id))delete/">\(page.layout.formToken)
            \(instead(page))
            <p class="tools"><button class="bad">\(page.localized(Text("Delete permanently", es: "Eliminar definitivamente")))</button>
            <a href="\(table.path(of: id))">\(page.localized(Text("Cancel", es: "Cancelar")))</a></p></form>
            """)
    }

    private func refusal(_ answer: FormAnswer, _ page: PageContext) -> HTML? {
        guard let error = answer.errors.first else { return nil }
        return """
            <div class="errors" role="alert" tabindex="-1" autofocus>\
            <h2>\(Icon.warning)\(page.localized(error.text))</h2></div>
            """
    }

    private static let isNeeded = Text(
        "It cannot be deleted while other records depend on it.",
        es: "No se puede eliminar mientras otros registros dependan de él.")

    private func instead(_ page: PageContext) -> HTML? {
        guard table.admin.deactivationField != nil, table.allows(.update) else { return nil }
        let why = Text(
            "Deactivating is usually better: it takes effect right away, and its history stays readable.",
            es: "Casi siempre conviene desactivar: tiene efecto de inmediato y su historial se conserva.")
        let label = Text("Deactivate instead", es: "Mejor desactivar")
        return """
            <p>\(page.localized(why))</p><p><button name="instead" value="deactivate">\(page.localized(label))</button></p>
            """
    }

    private static func count(
        _ related: AdminOptions.Related, _ table: Table, _ id: Int64
    ) throws(HTTPError) -> Statement {
        var conditions = WhereClause()
        _ = try table.resource.list.filter(related.filter)?.add(String(id), to: &conditions)
        return table.resource.countStatement(conditions, upTo: 1000)
    }
}
