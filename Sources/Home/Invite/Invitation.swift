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
        /// A card that opens as well.
        var card: GateCode?

        /// Through the whole of the last day.
        private var period: IssuePass.Period {
            IssuePass.Period(from: "\(first) 00:00", until: "\(last) 23:59:59.999999")
        }

        /// Issues it for a visit.
        ///
        /// - Returns: its number.
        @discardableResult
        func issue(for visit: Int64, _ context: Context) throws -> Int64 {
            let schedule = try hours?.set(for: visit, through: last, context)
            let issued = try IssuePass(
                type, of: visit, during: period, entries: entries, schedule: schedule,
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
    fileprivate static let tooLate = Text("At most one year from today.", es: "A lo más un año a partir de hoy.")
}
