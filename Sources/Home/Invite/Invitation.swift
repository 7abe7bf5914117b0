import Cryptography
import JSON
import Pages
import PostgreSQL
import Resource
import Visitors
import Web

/// A visit with its pass, made together: both or neither.
struct Invitation {
    /// As the body of a new visit.
    var visit: [JSON.Member]
    /// What opens.
    var pass: Pass

    /// What a new pass is to be.
    struct Pass {
        let type: CodeType
        /// Days as SQL writes them.
        let first: String
        let last: String
        let entries: Int64
        /// Nil for any hour.
        var hours: VisitHours?
        /// When it begins on the first day and ends on the last; nil for all day.
        var times: (from: String, until: String)?
        /// A card that opens as well.
        var card: GateCode?

        /// Through the whole of the last day, and of its night where the hours pass midnight.
        private func period(_ context: Context) throws -> IssuePass.Period {
            guard let hours, hours.passMidnight else {
                let until = times?.until ?? "23:59:59.999999"
                return IssuePass.Period(from: "\(first) \(times?.from ?? "00:00")", until: "\(last) \(until)")
            }
            let next = Statement("select ($1::date + 1)::text", name: "day after", parameters: [.text(last)])
            let morning = try context.run([next])[0].single().text(0)
            return IssuePass.Period(from: "\(first) 00:00", until: "\(morning) \(hours.until)")
        }

        /// Issues it for a visit.
        ///
        /// - Returns: its number.
        @discardableResult
        func issue(for visit: Int64, _ context: Context) throws -> Int64 {
            let schedule = try hours?.set(for: visit, from: first, through: last, context)
            let issued = try IssuePass(
                type, of: visit, during: period(context), entries: entries, schedule: schedule,
                reading: PassColumns("t.id", for: "invitation")
            ).perform(context)
            let id = try issued.row.integer(0)
            if let card { try SetPassCard(card, of: id).perform(context) }
            return id
        }
    }

    /// - Returns: the number of the visit.
    func create(_ context: Context) throws -> Int64 {
        try context.transaction { context in
            let made = try CreateRow(visitors, Form(visit)).perform(context)
            try pass.issue(for: made.id, context)
            return made.id
        }
    }

    /// Does it, and says what is wrong at the fields that the page has in place of those of a visit.
    static func naming<Value>(_ fields: [String: String], _ work: () throws -> Value) throws -> Value {
        do { return try work() } catch {
            guard case .fields(let errors) = HTTPError(error).content else { throw error }
            throw HTTPError.invalid(errors.map { FieldError(fields[$0.name] ?? $0.name, $0.text) })
        }
    }

    /// The fields of a visit and a pass, and those of the forms in their place.
    static let names = [
        "first_name": "name", "last_name": "name", "expected_date": "other_day", "valid_until": "last_day",
    ]
}

extension FieldReader {
    /// First name and the rest of a name.
    mutating func personName(_ name: String) -> [JSON.Member] {
        let words = text(name, maximum: 200).split(whereSeparator: \.isWhitespace).map(String.init)
        if words.count == 1 { add(FieldError(name, .nameIsShort)) }
        return Self.members(of: words)
    }

    static func members(of words: [String]) -> [JSON.Member] {
        [
            .init(name: "first_name", value: .string(words.first ?? "")),
            .init(name: "last_name", value: .string(words.dropFirst().joined(separator: " "))),
        ]
    }

    /// The kind of code, of those that a resident is offered.
    mutating func codeType() -> CodeType {
        CodeType(rawValue: choice("code_type", InviteForm.types.map(\.value), default: CodeType.qr.rawValue)) ?? .qr
    }

    /// The last day of a pass that begins on one.
    mutating func lastDay(_ name: String, from first: String, in home: OwnHome) -> String {
        let last = optionalDate(name) ?? first
        if last < first { add(FieldError(name, .endsBefore)) }
        if last > home.latest { add(FieldError(name, .tooLate)) }
        return last
    }

    /// From the hour of the visit until another one; nil for all day.
    mutating func times(from first: String, through last: String) -> (from: String, until: String)? {
        let from = optionalTime("expected_time") ?? "00:00"
        guard let until = optionalTime("until_time"), until != "00:00" else { return nil }
        if first == last, until <= from { add(FieldError("until_time", .endsTooSoon)) }
        return (from, until)
    }

    /// What is left blank, a body of a new visit need not say.
    mutating func details(_ names: [String], of form: Form) -> [JSON.Member] {
        names.compactMap { name in
            let text = form.text(name)
            return text.isEmpty ? nil : .init(name: name, value: .string(text))
        }
    }
}

extension Text {
    static let nameIsShort = Text(
        "Write first and last name: the guard compares them with the ID.",
        es: "Escriba nombre y apellido: el guardia los compara con la identificación.")
    fileprivate static let endsBefore = Text(
        "This day is before the first one.", es: "Este día es anterior al primero.")
    fileprivate static let endsTooSoon = Text(
        "It ends before it begins. For an hour after midnight say until which day.",
        es: "Termina antes de empezar. Para una hora después de medianoche, indique hasta qué día.")
    fileprivate static let tooLate = Text("At most one year from today.", es: "A lo más un año a partir de hoy.")
}
