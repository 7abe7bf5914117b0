package import JSON
package import Web

extension FieldKind {
    /// What an answer holds.
    package var answer: Schema {
        switch self {
        case .text, .email, .phone, .code: .string
        case .integer(let range): .integer(range)
        case .decimal:
            .plain([.init(name: "type", value: "string"), .init(name: "pattern", value: Self.decimalPattern)])
        case .boolean: .boolean
        case .choice(let words): words.isEmpty ? .string : .words(words)
        case .date: .format("date")
        case .time(let throughMidnight): Self.time(throughMidnight)
        case .timestamp: .timestamp
        case .reference: .identifier
        case .references: .array(.identifier)
        case .words(let words): .array(.words(words))
        case .photo: .format("uri-reference")
        case .texts: .array(.string)
        case .json: .plain([.init(name: "type", value: "object")])
        }
    }

    /// What a client sends: as it should be written; what is read leniently beside it is told in the introduction.
    ///
    /// - Parameter isRequired: blank is no value of it then.
    package func input(required isRequired: Bool) -> Schema {
        switch self {
        case .text(let maximum): Self.text(maximum, isRequired)
        case .code: Self.text(100, true)
        case .email: Self.filled(.format("email"), 254, isRequired)
        // Fifteen digits with a sign between each: where that is too long for the column, the signs are left out.
        case .phone:
            Self.filled(
                .plain([.init(name: "type", value: "string"), .init(name: "pattern", value: Self.phonePattern)]),
                30, isRequired)
        case .reference: .anyInteger
        case .references: .array(.anyInteger)
        case .photo: .format("binary")
        case .timestamp: .with(.timestamp, [.init(name: "pattern", value: Self.timestampPattern)])
        case .time(let throughMidnight): Self.time(throughMidnight)
        default: answer
        }
    }

    private static func text(_ maximum: Int?, _ isRequired: Bool) -> Schema {
        var members: [JSON.Member] = [.init(name: "type", value: "string")]
        if let maximum { members.append(.init(name: "maxLength", value: JSON(maximum))) }
        // Blanks around a text are taken away, and marks that nobody sees; something must be left of it.
        if isRequired { members.append(.init(name: "pattern", value: .string(Self.seen))) }
        return .plain(members)
    }

    /// One character that `plain` keeps: no white space, no control character, nothing that Unicode lets be ignored.
    private static let seen =
        #"[^\s\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"#
        + #"\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8]"#

    /// A form that may be left blank.
    private static func filled(_ schema: Schema, _ maximum: Int, _ isRequired: Bool) -> Schema {
        let limit = JSON.Member(name: "maxLength", value: JSON(maximum))
        guard !isRequired else { return .with(schema, [limit]) }
        return .with(.anyOf([schema, .constant("")]), [.init(name: "type", value: "string"), limit])
    }

    private static let decimalPattern: JSON = #"^[+-]?[0-9]{1,10}(\.[0-9]{1,9})?$"#
    private static let phonePattern: JSON = "^[+]?[0-9]([ ()-]?[0-9]){9,14}$"
    /// An offset of whole minutes, which times long ago have not; what is finer than microseconds is cut off.
    private static let timestampPattern: JSON =
        #"^(19[3-9][0-9]|[2-9][0-9]{3})-[^.]{14}(\.[0-9]+)?([Zz]|[+-](0[0-9]|1[0-4]):[0-5][0-9])$"#

    private static func time(_ throughMidnight: Bool) -> Schema {
        let clock = #"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?"#
        let pattern = throughMidnight ? "^(\(clock)|24:00:00)$" : "^\(clock)$"
        return .plain([.init(name: "type", value: "string"), .init(name: "pattern", value: .string(pattern))])
    }

    /// A value of it, for people; nil where only the field knows a good one.
    package var example: JSON? {
        switch self {
        case .email: "ana.lopez@example.org"
        case .phone: "+52 55 1234 5678"
        case .integer(let range): range.lowerBound > 0 ? .integer(range.lowerBound) : 3
        case .decimal: "36.6"
        case .boolean: true
        case .choice(let words): words.first.map { .string($0) }
        case .date: "2036-11-22"
        case .time: "18:30:00"
        case .timestamp: "2036-11-22T18:25:29.523300-06:00"
        case .reference: 1
        case .references: [1, 2]
        case .words(let words): .array(words.prefix(2).map { .string($0) })
        case .code: "••42"
        case .text, .photo, .texts, .json: nil
        }
    }
}
