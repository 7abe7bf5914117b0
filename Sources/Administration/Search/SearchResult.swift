import Pages
import PostgreSQL
import Vocabulary
import Web

/// A row that a search found.
struct SearchResult {
    /// The table's place in addresses.
    let slug: String
    private let id: Int64
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
        let badge: HTML? = label.map { " <span class=\"badge\">\(page.localized($0))</span>" }
        return "<li><a href=\"\(table.path(of: id))\">\(title)</a>\(about)\(badge)</li>\n"
    }

    private var label: Text? {
        state.map { Self.labels[$0] ?? Role(rawValue: $0).title }
    }

    private static let labels = [
        "PENDING": Text("Pending", es: "Por autorizar"), "APPROVED": Text("Approved", es: "Autorizada"),
        "CHECKED_IN": Text("Inside", es: "Dentro"), "CHECKED_OUT": Text("Left", es: "Salió"),
        "DENIED": Text("Denied", es: "Rechazada"), "good": Text("Good", es: "Vigente"),
        "revoked": Text("Cancelled", es: "Cancelado"), "used": Text("Used up", es: "Usado"),
        "expired": Text("Expired", es: "Vencido"), "inactive": Text("Switched off", es: "Inactivo"),
        "moved_out": Text("Moved out", es: "Se mudó"), "off": Text("Out of service", es: "Fuera de servicio"),
    ]
}
