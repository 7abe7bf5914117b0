import JSON
import Pages
import Resource
import Web

/// What an audit entry tells: each field, from what to what.
enum AuditDiff {
    /// - Parameters:
    ///   - text: `{"phone": ["55…", "56…"]}`.
    ///   - table: whose fields they are; nil where it is not known.
    static func html(_ text: String, _ table: Table?, _ page: PageContext) -> HTML {
        guard case .object(let members)? = try? JSON(parsing: Array(text.utf8), maximumBytes: 1_048_576) else {
            return HTML(text)
        }
        let lines = members.filter(isTelling).map { member -> HTML in
            let field = table?.resource.fields.first { $0.column == member.name || $0.name == member.name }
            let label = field.map { page.localized($0.label) } ?? member.name
            let pair = member.value.elements ?? []
            if pair[0] == .null { return "<li>\(label): <ins>\(word(pair[1], field, page))</ins></li>" }
            return """
                <li>\(label): <del>\(word(pair[0], field, page))</del> → <ins>\(word(pair[1], field, page))</ins></li>
                """
        }
        return "<ul class=\"changes\">\(lines)</ul>"
    }

    /// Of a new row only what was filled in, and what a person may know.
    private static func isTelling(_ member: JSON.Member) -> Bool {
        guard !["id", "site_id"].contains(member.name), case .array(let pair) = member.value, pair.count == 2 else {
            return false
        }
        return pair[0] != .null || !["", .null, .array([])].contains(pair[1])
    }

    private static func word(_ value: JSON, _ field: Field?, _ page: PageContext) -> String {
        switch value {
        case .null: "–"
        case .bool(let isOn): page.localized(isOn ? .yes : .no)
        case .integer(let number): field?.kind == .reference ? "#\(number)" : "\(number)"
        case .string(let text): field?.word(for: text, page) ?? text
        default: String(decoding: value.serialized(), as: UTF8.self)
        }
    }
}
