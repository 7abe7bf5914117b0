import JSON
import Pages
import Resource
import Web

/// An object of simple values as a page shows it: settings of a door, what a device tells.
struct PlainObject {
    private let members: [JSON.Member]

    /// - Parameter text: as PostgreSQL writes it.
    init(_ text: String) {
        members = (try? JSON(parsing: Array(text.utf8), maximumBytes: 1_048_576))?.members ?? []
    }

    /// Nil for an object without members.
    func html(_ field: Field, _ page: PageContext) -> HTML? {
        guard !members.isEmpty else { return nil }
        let lines = members.map { member in
            "<li>\(Self.name(member.name, field, page)): \(Self.word(member, field, page))</li>" as HTML
        }
        return "<ul class=\"changes\">\(lines)</ul>"
    }

    /// The same in one line.
    func words(_ field: Field, _ page: PageContext) -> String {
        members.map { "\(Self.name($0.name, field, page)): \(Self.word($0, field, page))" }.joined(separator: "; ")
    }

    private static func name(_ name: String, _ field: Field, _ page: PageContext) -> String {
        field.choice(name).map { page.localized($0.label) } ?? name.replacing("_", with: " ")
    }

    /// What is in an object within is named after both: `cards.wanted`.
    private static func word(_ member: JSON.Member, _ field: Field, _ page: PageContext) -> String {
        switch member.value {
        case .string(let text): page.localized(field.label(of: text, named: member.name))
        case .integer(let number): "\(number)"
        case .bool(let isOn): page.localized(isOn ? .yes : .no)
        case .null: "–"
        case .object(let inner):
            inner.map { one in
                let full = JSON.Member(name: "\(member.name).\(one.name)", value: one.value)
                return "\(word(full, field, page)) \(name(full.name, field, page))"
            }.joined(separator: ", ")
        default: String(decoding: member.value.serialized(), as: UTF8.self)
        }
    }
}
