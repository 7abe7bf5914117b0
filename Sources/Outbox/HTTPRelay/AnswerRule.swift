import JSON
import Web

/// What a device's answer must say to mean something: `/pointer=value` into JSON (RFC 6901), or text that it holds.
struct AnswerRule: Equatable {
    /// The first is empty for a pointer to the whole.
    private let path: [String]?
    private let text: String

    /// nil for no rule, and for a pointer without `=`.
    init?(_ rule: String) {
        guard !rule.isEmpty else { return nil }
        guard rule.hasPrefix("/") else {
            path = nil
            text = rule
            return
        }
        guard let equals = rule.firstIndex(of: "=") else { return nil }
        path = rule[..<equals].dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
            String($0).replacingAll("~1", with: "/").replacingAll("~0", with: "~")
        }
        text = String(rule[rule.index(after: equals)...])
    }

    /// Whether the answer says it; false for one that cannot be read.
    func holds(in body: [UInt8]) -> Bool {
        guard let path else { return String(decoding: body, as: UTF8.self).contains(text) }
        guard var value = try? JSON(parsing: body, maximumBytes: 65_536) else { return false }
        for step in path {
            guard let next = value[step] ?? Self.element(step, of: value) else { return false }
            value = next
        }
        return Self.text(of: value) == text
    }

    private static func element(_ step: String, of value: JSON) -> JSON? {
        guard let elements = value.elements, let index = WholeNumber.read(step, in: 0...9_999),
            let place = Int(exactly: index), elements.indices.contains(place)
        else { return nil }
        return elements[place]
    }

    /// As people write it; nil for a list or an object.
    private static func text(of value: JSON) -> String? {
        switch value {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .real(let number): String(number)
        case .string(let text): text
        case .array, .object: nil
        }
    }
}

extension String {
    /// All places of a text exchanged for another.
    func replacingAll(_ part: String, with other: String) -> String {
        split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
    }
}

/// Statuses that mean success: `200,204,300-310`.
struct StatusList: Equatable {
    private let ranges: [ClosedRange<Int64>]

    /// nil for anything else.
    init?(_ text: String) {
        var found: [ClosedRange<Int64>] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.filter { $0 != " " }.split(separator: "-", omittingEmptySubsequences: false)
                .map { WholeNumber.read($0, in: 100...599) }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last
            else { return nil }
            found.append(first...last)
        }
        ranges = found
    }

    func contains(_ status: Int) -> Bool { ranges.contains { $0.contains(Int64(clamping: status)) } }
}
