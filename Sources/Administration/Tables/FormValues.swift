import JSON
import Pages
import PostgreSQL
import Resource
import Web

/// What stands in the fields of a form: what was typed, or what the row holds.
struct FormValues {
    private let source: Source
    /// Rows that fit what was typed, by the name of the field.
    var found: [String: [Choice]] = [:]
    /// The day it is, for a field of a new row that begins with it.
    var today = ""

    private enum Source {
        case typed(Form)
        case row(JSON)
        case query(Request)
    }

    init(typed form: Form) { source = .typed(form) }
    init(row: JSON) { source = .row(row) }
    /// A new row, with what the address says of it.
    init(_ request: Request) { source = .query(request) }

    /// Whether nobody has filled in anything yet, so that defaults show.
    var isFresh: Bool { if case .query = source { true } else { false } }

    /// What stands in a declared field: of a new record what the table would fill in.
    func text(_ field: Field, isNew: Bool) -> String {
        let text = text(field.name)
        if field.kind == .timestamp, text.contains("T") { return SiteTime(text).input }
        guard isFresh, text.isEmpty else { return text }
        if field.isFromToday { return today }
        switch field.defaultValue {
        case .string(let text)?: return text
        case .integer(let number)?: return String(number)
        case .bool(let isOn)?: return isOn ? "true" : "false"
        default: return ""
        }
    }

    func text(_ name: String) -> String {
        switch source {
        case .typed(let form): form.text(name)
        case .query(let request): request.queryValue(name) ?? ""
        case .row(let row):
            switch row[name] {
            case .string(let text)?: text
            case .integer(let number)?: String(number)
            case .bool(let isOn)?: isOn ? "true" : "false"
            default: ""
            }
        }
    }

    /// Whether a box is ticked: the last value counts, because a hidden one says no before it.
    func isOn(_ name: String) -> Bool { text(name) == "true" }

    func numbers(_ name: String) -> [Int64] {
        switch source {
        case .typed(let form): form.texts(name).compactMap { WholeNumber.read($0, in: WholeNumber.identifiers) }
        case .query(let request):
            request.queryValue(name).flatMap { WholeNumber.read($0, in: WholeNumber.identifiers) }.map { [$0] } ?? []
        case .row(let row):
            (row[name]?.elements ?? row[name].map { [$0] } ?? []).compactMap {
                if case .integer(let number) = $0 { number } else { nil }
            }
        }
    }

    /// The words of a list.
    func words(_ name: String) -> [String] {
        switch source {
        case .typed(let form): form.texts(name).filter { !$0.isEmpty }
        case .query: []
        case .row(let row): (row[name]?.elements ?? []).compactMap(\.stringValue)
        }
    }

    /// Whether the control of a field shows another value here than there, however a browser writes the same one: it
    /// leaves out seconds that are none, and ends lines in its own way.
    func differs(from other: FormValues, in field: Field) -> Bool {
        let (mine, theirs) = (text(field.name), other.text(field.name))
        switch field.kind {
        case .references: return Set(numbers(field.name)) != Set(other.numbers(field.name))
        case .words: return Set(words(field.name)) != Set(other.words(field.name))
        case .timestamp: return SiteTime(mine).input != SiteTime(theirs).input
        case .time: return SiteTime.withSeconds(mine) != SiteTime.withSeconds(theirs)
        default: return mine != theirs.withLineFeeds
        }
    }

    /// What was typed to find a row.
    func chosen(_ name: String) -> String {
        if case .typed(let form) = source { form.text("\(name).text") } else { "" }
    }
}
