import Cryptography
import JSON
package import OpenAPI
import PostgreSQL
import Resource
package import Web

/// `POST /api/visitors/generate_code/`: a new pass for a visitor, shown in clear this once to whoever issues it.
///
/// The worker draws several codes, the database takes the first that is free: only tags and sealed texts travel.
/// - SQL: `api.issue_code` (sql/functions/visitors/issue_code.sql).
package struct IssueCode: Endpoint {
    private struct Body: RequestBody {
        let visitor = BodyField.integer(
            "visitor_id", Int64.min...Int64.max, Text("Whose pass.", es: "De quién es el pase."), example: 1)
        let type = BodyField.choice(
            "code_type", CodeType.allCases.map(\.rawValue), Text("The kind of code.", es: "El tipo de código."))
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

    private static let body = Body()
    package static let documentation = Documentation(
        Text("Issue a pass", es: "Emitir un pase"),
        Text(
            "The code is in clear in this answer, and for a one-time pass its secret key: later ones may hide it.",
            es:
                "El código va completo en esta respuesta y, en un pase de un solo uso, su clave secreta; después puede ocultarse."
        ),
        body: body,
        answers: [
            .created(temporaryCodes.rowSchema, rowsAt: temporaryCodes.path),
            Answer(
                404, Text("There is no such visitor.", es: "No existe ese visitante."),
                .anyOf([.object(Property("error", .string)), .object(Property("detail", .string))])),
        ])

    private let visitor: Int64
    private let type: CodeType
    private let validHours: Int64
    private let maximumUses: Int64
    private let schedule: Int64?
    private let accessPoints: [Int64]

    package init(_ request: Request) throws(HTTPError) {
        try self.init(try Form(request), of: nil)
    }

    /// - Parameter visitor: whose pass; nil where the form tells.
    package init(_ form: Form, of visitor: Int64?) throws(HTTPError) {
        var fields = FieldReader(form)
        self.visitor = visitor ?? fields.read(Self.body.visitor)
        type = CodeType(rawValue: fields.read(Self.body.type)) ?? .qr
        validHours = fields.read(Self.body.validHours)
        maximumUses = fields.read(Self.body.maximumUses)
        schedule = fields.read(Self.body.schedule)
        accessPoints = fields.read(Self.body.accessPoints)
        try fields.finish()
    }

    package func respond(_ context: Context) throws -> Response {
        let role = try context.requireCaller().role
        let projection = temporaryCodes.rowProjection(for: role)
        let pass = try asTheLegacyAPISays(context.request.language) {
            try issue(context, reading: projection.sql, name: "issued \(role.rawValue)")
        }
        // As the legacy API's answer to this request, the picture's address is a path.
        let answer = try projection.json(pass.row, context, origin: "").replacing("code", with: .string(pass.code.text))
        let seed = pass.secret.map { answer.replacing("secret_key", with: .string($0.base32)) }
        return .json(seed ?? answer, status: 201)
    }

    /// Issues it.
    ///
    /// - Parameters:
    ///   - sql: what to read of the new row `t`.
    ///   - name: of the statement that reads it.
    package func issue(_ context: Context, reading sql: String, name: String) throws -> RevealedPass {
        let read = temporaryCodes.rowStatement(sql, .saved, name: name)
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
        let issue = Statement(
            "select candidate from api.issue_code($1, $2, $3::integer, $4::integer, $5, $6, $7::integer[], $8::integer, $9, $10, $11)",
            name: "issue_code",
            parameters: [
                .integer(visitor), .text(type.rawValue), .integer(validHours), .integer(maximumUses),
                .bytesArray(tags), .bytesArray(try zip(codes, tags).map(context.keys.codes.seal)),
                .integerArray(codes.map { Int64($0.text.utf8.count) }),
                .integer(Int64(context.keys.codes.generation)), .textArray(codes.map(\.hint)),
                .optionalInteger(schedule), .integerArray(accessPoints),
            ])
        let results = try context.run([issue, read])
        guard results[0].count == 1 else { return nil }
        let code = codes[Int(try results[0][0].integer(0))]
        return RevealedPass(code, type, try results[1].single(), issuedWith: context.keys.codes)
    }

    /// What the legacy API says where there is no such visitor.
    private func asTheLegacyAPISays(_ language: Language, _ issue: () throws -> RevealedPass) throws -> RevealedPass {
        do {
            return try issue()
        } catch DatabaseError.refused(let refusal) where refusal.state == "GA404" {
            throw HTTPError(404, .body { ["error": .string(Self.noVisitor($0))] })
        }
    }

    private static let noVisitor = Text("Visitor not found", es: "No se encontró al visitante")
}
