import JSON
import Pages
import Resource
import Web

/// What an audit entry tells: each field, from what to what.
struct AuditDiff {
    /// Whose fields they are; nil where no declaration knows the table.
    let resource: Resource?
    /// Names of the rows that references led to and lead to now, by column.
    var names: [String: [String?]] = [:]

    /// - Parameter text: `{"phone": ["55…", "56…"]}`.
    func html(_ text: String, _ page: PageContext) -> HTML {
        guard case .object(let members)? = try? JSON(parsing: Array(text.utf8), maximumBytes: 1_048_576) else {
            return HTML(text)
        }
        let lines = members.compactMap { member -> HTML? in
            let field = resource?.fields.first { $0.column == member.name || $0.name == member.name }
            guard isTelling(member, field), let pair = member.value.elements else { return nil }
            let label = page.localized(field?.label ?? AuditWords.column(member.name))
            let values = pair.enumerated().map { place, value in
                names[member.name]?[place].map { HTML($0) } ?? word(value, member.name, field, page)
            }
            if pair[0] == .null { return "<li>\(label): <ins>\(values[1])</ins></li>" }
            return "<li>\(label): <del>\(values[0])</del> → <ins>\(values[1])</ins></li>"
        }
        return "<ul class=\"changes\">\(lines)</ul>"
    }

    /// Of a new row only what was filled in, and what a person may know.
    private func isTelling(_ member: JSON.Member, _ field: Field?) -> Bool {
        guard field != nil || !AuditWords.kept.contains(member.name), member.name != "id",
            case .array(let pair) = member.value, pair.count == 2
        else { return false }
        return pair[0] != .null || !["", .null, .array([])].contains(pair[1])
    }

    private func word(_ value: JSON, _ column: String, _ field: Field?, _ page: PageContext) -> HTML {
        switch value {
        case .null, "": "–"
        case .bool(let isOn): HTML(page.localized(isOn ? .yes : .no))
        case .integer(let sum) where field?.flags.isEmpty == false: HTML(field?.flags(in: sum, page) ?? "")
        case .integer(let number) where field?.kind == .reference: reference(number, Table.of(field?.target))
        case .integer(let number): HTML("\(number)")
        case .string("***"): "•••"
        case .string(let text): written(text, column, field, page)
        case .array(let values):
            HTML(
                values.enumerated().map {
                    $0 > 0 ? ", \(word($1, column, field, page))" : word($1, column, field, page)
                })
        default: HTML(String(decoding: value.serialized(), as: UTF8.self))
        }
    }

    private func written(_ text: String, _ column: String, _ field: Field?, _ page: PageContext) -> HTML {
        // Of a column that is no field the name tells that it is a moment.
        switch field?.kind ?? (column.hasSuffix("_at") ? .timestamp : nil) {
        case .date: Day(text).html(page)
        case .timestamp: SiteTime(text).html(page)
        case .time: HTML(String(text.prefix(5)))
        default: HTML(field?.word(for: text, page) ?? text)
        }
    }

    private func reference(_ id: Int64, _ target: Table?) -> HTML {
        target.map { "<a href=\"\($0.path(of: id))\">#\(id)</a>" } ?? "#\(id)"
    }
}
