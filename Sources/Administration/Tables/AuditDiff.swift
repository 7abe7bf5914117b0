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
        guard let changes = changes(text) else { return HTML(text) }
        let lines = changes.map { change -> HTML in
            let label = page.localized(change.label)
            let values = change.pair.enumerated().map { place, value in
                names[change.column]?[place].map { HTML($0) } ?? word(value, change, page)
            }
            if change.pair[0] == .null { return "<li>\(label): <ins>\(values[1])</ins></li>" }
            return "<li>\(label): <del>\(values[0])</del> → <ins>\(values[1])</ins></li>"
        }
        return "<ul class=\"changes\">\(lines)</ul>"
    }

    /// The same in one line, for a cell of a sheet.
    func words(_ text: String, _ page: PageContext) -> String {
        guard let changes = changes(text) else { return text }
        return changes.map { change in
            let values = change.pair.map { plain($0, change, page) }
            let said = change.pair[0] == .null ? values[1] : "\(values[0]) → \(values[1])"
            return "\(page.localized(change.label)): \(said)"
        }.joined(separator: "; ")
    }

    /// A field or column, and what it was and became.
    private struct Change {
        let column: String
        let field: Field?
        let pair: [JSON]

        var label: Text { field?.label ?? AuditWords.column(column) }
        /// Of a column that is no field the name tells that it is a moment.
        var kind: FieldKind? {
            field?.kind ?? (["_at", "_time", "_until"].contains(where: column.hasSuffix) ? .timestamp : nil)
        }
    }

    private func changes(_ text: String) -> [Change]? {
        guard case .object(let members)? = try? JSON(parsing: Array(text.utf8), maximumBytes: 1_048_576) else {
            return nil
        }
        return members.compactMap { member in
            let field = resource?.fields.first { $0.column == member.name || $0.name == member.name }
            guard isTelling(member, field), let pair = member.value.elements else { return nil }
            return Change(column: member.name, field: field, pair: pair)
        }
    }

    /// Of a new row only what was filled in, and what a person may know.
    private func isTelling(_ member: JSON.Member, _ field: Field?) -> Bool {
        guard field != nil || !AuditWords.kept.contains(member.name), member.name != "id",
            case .array(let pair) = member.value, pair.count == 2
        else { return false }
        return pair[0] != .null || !["", .null, .array([])].contains(pair[1])
    }

    /// In markup are moments and links.
    private func word(_ value: JSON, _ change: Change, _ page: PageContext) -> HTML {
        switch (value, change.kind) {
        case (.integer(let number), .reference): reference(number, Table.of(change.field?.target))
        case (.string(let text), .date) where !["", "***"].contains(text): Day(text).html(page)
        case (.string(let text), .timestamp) where !["", "***"].contains(text): SiteTime(text).html(page)
        case (.array(let values), _):
            HTML(values.enumerated().map { $0 > 0 ? ", \(word($1, change, page))" : word($1, change, page) })
        default: HTML(plain(value, change, page))
        }
    }

    private func plain(_ value: JSON, _ change: Change, _ page: PageContext) -> String {
        switch value {
        case .null, "": "–"
        case .bool(let isOn): page.localized(isOn ? .yes : .no)
        case .integer(let sum) where change.field?.flags.isEmpty == false: change.field?.flags(in: sum, page) ?? ""
        case .integer(let number): change.kind == .reference ? "#\(number)" : "\(number)"
        case .string("***"): "•••"
        case .string(let text): written(text, change, page)
        case .array(let values): values.map { plain($0, change, page) }.joined(separator: ", ")
        default: String(decoding: value.serialized(), as: UTF8.self)
        }
    }

    private func written(_ text: String, _ change: Change, _ page: PageContext) -> String {
        switch change.kind {
        case .date: Day(text).name(page)
        case .timestamp: SiteTime(text).name(page)
        case .time: String(text.prefix(5))
        default: change.field?.word(for: text, page) ?? text
        }
    }

    private func reference(_ id: Int64, _ target: Table?) -> HTML {
        target.map { "<a href=\"\($0.path(of: id))\">#\(id)</a>" } ?? "#\(id)"
    }
}
