import Pages
import PostgreSQL
import Resource
import Web

/// A row that a search found.
struct SearchResult {
    /// The table's place in addresses.
    let slug: String
    let id: Int64
    private let title: String
    /// Where: a unit, a gate, a user name.
    private let place: String?
    private let state: String?
    private let day: String?

    static let columns = "slug, id, title, place, state, day::text"

    init(_ row: Row) throws {
        slug = try row.text(0)
        id = try row.integer(1)
        title = try row.text(2)
        place = try row.optionalText(3)
        state = try row.optionalText(4)
        day = try row.optionalText(5)
    }

    /// Whether it was found by its code.
    var isOfCode: Bool { slug == "passes" || slug == "cards" }

    func html(_ table: Table, _ page: PageContext) -> HTML {
        let details = [place, day.map { Day($0).name(page) }].compactMap(\.self).filter { !$0.isEmpty }
        let about: HTML? =
            details.isEmpty ? nil : " <span class=\"quiet\">\(details.joined(separator: " · "))</span>"
        return "<li><a href=\"\(table.path(of: id))\">\(title)</a>\(about)\(badge(table, page))</li>\n"
    }

    /// What the row's state is called: a value of a field of the table, or what only a search tells.
    private func badge(_ table: Table, _ page: PageContext) -> HTML? {
        guard let state else { return nil }
        let declared = table.resource.fields.lazy.compactMap { $0.choice(state) }.first
        let choice = declared ?? Self.states.first { $0.value == state }
        return choice.map { " \($0.badge(page))" }
    }

    private static let states = [
        FieldChoice("good", Text("Valid", es: "Vigente")), FieldChoice("revoked", Text("Canceled", es: "Cancelado")),
        FieldChoice("used", Text("Used up", es: "Usado")), FieldChoice("expired", Text("Expired", es: "Vencido")),
        FieldChoice("inactive", Text("Inactive", es: "Inactivo")),
        FieldChoice("moved_out", Text("Moved out", es: "Se mudó")),
        FieldChoice("off", Text("Out of service", es: "Fuera de servicio")),
    ]
}
