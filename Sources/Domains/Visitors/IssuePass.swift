import Cryptography
import OpenAPI
import PostgreSQL
import Resource
package import Web

/// A new pass for a visitor, shown in clear this once to whoever issues it.
///
/// The worker draws several codes, the database takes the first that is free: only tags and sealed texts travel.
/// - SQL: `api.issue_code` (sql/functions/visitors/issue_code.sql).
package struct IssuePass: FormAction {
    package struct Body: RequestBody {
        let visitor = BodyField.integer(
            "visitor_id", Int64.min...Int64.max, Text("Whose pass.", es: "De quién es el pase."), example: 1)
        let type = BodyField.choice(
            "code_type", CodeType.allCases.map(\.rawValue), called: "TemporaryCodeCodeType",
            Text("The kind of code.", es: "El tipo de código."))
        let validHours = BodyField.integer(
            "valid_hours", 1...168, default: 24, Text("Hours it is valid.", es: "Horas de vigencia."), example: 24)
        let maximumUses = BodyField.integer(
            "max_uses", 1...2_147_483_647, default: 1, Text("Entries it is good for.", es: "Entradas que permite."),
            example: 1)
        let schedule = BodyField.optionalReference(
            "schedule", Text("When it opens.", es: "Cuándo abre."))
        let accessPoints = BodyField.references(
            "access_points",
            Text("The only gates it opens; none for all.", es: "Los únicos accesos que abre; ninguno: todos."))
    }

    package static let body = Body()
    /// Entries of a pass that lets in as often as its days and hours allow.
    package static let unlimitedEntries: Int64 = 2_147_483_647

    private let visitor: Int64
    private let type: CodeType
    private let validHours: Int64
    private let maximumUses: Int64
    private let schedule: Int64?
    private let accessPoints: [Int64]
    /// From when until when; nil for some hours from now.
    private let period: Period?
    /// What to read of the new row; nil for what the API shows to the caller.
    private let columns: PassColumns?

    package init(_ fields: inout FieldReader) { self.init(&fields, of: nil, reading: nil) }

    /// - Parameter visitor: whose pass; nil where the fields tell.
    package init(_ fields: inout FieldReader, of visitor: Int64?, reading columns: PassColumns?) {
        period = nil
        self.visitor = visitor ?? fields.read(Self.body.visitor)
        self.columns = columns
        type = CodeType(rawValue: fields.read(Self.body.type)) ?? .qr
        validHours = fields.read(Self.body.validHours)
        maximumUses = fields.read(Self.body.maximumUses)
        schedule = fields.read(Self.body.schedule)
        accessPoints = fields.read(Self.body.accessPoints)
    }

    /// A pass for days to come.
    ///
    /// - Parameters:
    ///   - visitor: whose pass.
    ///   - columns: what to read of its row.
    ///   - schedule: the hours at which it opens; nil for any hour.
    package init(
        _ type: CodeType, of visitor: Int64, during period: Period, entries: Int64, schedule: Int64? = nil,
        reading columns: PassColumns
    ) {
        self.type = type
        self.visitor = visitor
        self.period = period
        self.columns = columns
        self.schedule = schedule
        maximumUses = entries
        validHours = 1
        accessPoints = []
    }

    /// From when until when a pass opens, as SQL reads moments: `2026-12-24 18:00`, in the time of the site.
    package struct Period: Sendable {
        let from: String
        let until: String

        /// - Parameter until: when it has ended.
        package init(from: String, until: String) {
            self.from = from
            self.until = until
        }
    }

    package func perform(_ context: Context) throws -> RevealedPass {
        let columns = try columns ?? .ofWire(for: context.requireCaller().role)
        let read = temporaryCodes.rowStatement(columns.sql, .saved, name: "issued \(columns.name)")
        // All draws of one attempt taken: so unlikely that a third attempt would mean something else is wrong.
        for _ in 0..<2 {
            if let pass = try attempt(context, read) { return pass }
        }
        throw HTTPError.unavailable
    }

    /// Draws and offers; nil when every candidate is taken.
    private func attempt(_ context: Context, _ read: Statement) throws -> RevealedPass? {
        let codes = type.candidates().compactMap(GateCode.init(reading:))
        let tags = codes.map(context.keys.codes.tag)
        let link = try PassLink()
        let issue = Statement(
            "select candidate from api.issue_code($1, $2, $3::integer, $4::integer, $5, $6, $7::integer[], $8::integer,"
                + " $9, $10, $11, $12, $13, $14::timestamptz, $15::timestamptz)",
            name: "issue_code",
            parameters: [
                .integer(visitor), .text(type.rawValue), .integer(validHours), .integer(maximumUses),
                .bytesArray(tags), .bytesArray(try zip(codes, tags).map(context.keys.codes.seal)),
                .integerArray(codes.map { Int64($0.text.utf8.count) }),
                .integer(Int64(context.keys.codes.generation)), .textArray(codes.map(\.hint)),
                .optionalInteger(schedule), .integerArray(accessPoints),
                .bytes(context.keys.codes.tag(link.token)), .bytes(try context.keys.codes.seal(link.token)),
                .optionalText(period?.from), .optionalText(period?.until),
            ])
        let results = try context.run([issue, read])
        guard results[0].count == 1 else { return nil }
        let code = codes[Int(try results[0][0].integer(0))]
        return RevealedPass(code, type, link, try results[1].single(), issuedWith: context.keys.codes)
    }
}

extension PassColumns {
    /// Those of the API's answer.
    fileprivate static func ofWire(for role: Role) -> PassColumns {
        PassColumns(temporaryCodes.rowProjection(for: role).sql, for: role.rawValue)
    }
}
