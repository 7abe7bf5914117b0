package import Cryptography
import OpenAPI
package import PostgreSQL
package import Vocabulary
package import Web

/// What somebody asks a gate: this code, here, this way.
///
/// Both addresses that admit people ask with it.
///
/// - SQL: `api.validate_code` (sql/functions/access_control/validate_code.sql).
package struct GateQuestion: Sendable {
    /// What a reader can say of how it read the code.
    private static let methods = [
        "QR_CODE", "RFID", "NUMERIC_CODE", "ALPHANUMERIC_CODE", "MANUAL", "BIOMETRIC", "OTHER",
    ]

    /// What the body says.
    struct Body: RequestBody {
        // What a scanner read may be longer than the code in it: the legacy API's pictures carry a name as well.
        let code = BodyField.text(
            "code", maximum: nil, Text("The code as it was read or typed.", es: "El código como se leyó o tecleó."),
            example: "AB12CD34")
        let direction = BodyField.choice(
            "access_type", Direction.allCases.map(\.rawValue), called: "Direction", default: Direction.entry.rawValue,
            Text("Which way.", es: "En qué sentido."))
        let method = BodyField.optionalChoice(
            "method", GateQuestion.methods, called: "ReadingMethod",
            Text("How the code was read.", es: "Cómo se leyó el código."))
        let requestID = BodyField.optionalText(
            "request_id", maximum: 64,
            Text(
                "The caller's name for this attempt: repeated, it gets the first answer again.",
                es: "Nombre que quien llama da a este intento: si se repite, recibe la primera respuesta."),
            example: "7d1c2b3a-gate-1")
    }

    /// What a body says where the gate must be named.
    struct BodyWithGate: RequestBody {
        let question = Body()
        let accessPoint = BodyField.integer("access_point_id", Int64.min...Int64.max, gate, example: 1)
    }

    /// What a body says where the gate may be left out.
    struct BodyWithoutGate: RequestBody {
        let question = Body()
        let accessPoint = BodyField.optionalReference("access_point_id", gate)
    }

    static let bodyWithGate = BodyWithGate()
    static let bodyWithoutGate = BodyWithoutGate()

    private static let gate = Text("The gate.", es: "El acceso.")

    private static let sql =
        "select \(Verdict.columns) from api.validate_code("
        + "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"

    private let code: GateCode
    private let accessPoint: Int64?
    private let direction: String
    private let method: String?
    /// The caller's name for this attempt: repeated, it gets the first answer again.
    let requestID: String?

    /// - Parameter needsGate: false where the gate may be left out; the lines about the gate are then skipped.
    /// - Throws: 400 with every faulty field.
    init(_ request: Request, needsGate: Bool) throws(HTTPError) {
        var fields = try FieldReader(request)
        let body = Self.bodyWithGate.question
        let text = fields.read(body.code)
        accessPoint =
            needsGate ? fields.read(Self.bodyWithGate.accessPoint) : fields.read(Self.bodyWithoutGate.accessPoint)
        direction = fields.read(body.direction)
        method = fields.read(body.method)
        let named = fields.read(body.requestID)
        try fields.finish()
        guard let code = GateCode(reading: text) else {
            throw .invalid([FieldError("code", .noCode(text))])
        }
        self.code = code
        requestID = try IdempotencyKey(request)?.text ?? named
    }

    /// What a page asks, for whoever stands at a gate.
    ///
    /// - Parameters:
    ///   - direction: which way.
    ///   - requestID: what the page calls this attempt: repeated, it gets the first answer again.
    package init(_ code: GateCode, at accessPoint: Int64, _ direction: Direction, requestID: String?) {
        self.code = code
        self.accessPoint = accessPoint
        self.direction = direction.rawValue
        self.requestID = requestID
        method = nil
    }

    /// Asks once: one stored function, one round trip, one transaction.
    /// - Throws: `DatabaseError`; a refusal is a verdict, not an error.
    package func ask(_ context: Context) throws -> Verdict {
        let caller = context.caller
        let statement = Statement(
            Self.sql, name: "validate_code",
            parameters: [
                .optionalInteger(caller?.userID), .optionalInteger(caller?.tokenVersion),
                .optionalInteger(caller?.sessionID), .optionalInteger(context.device?.id),
                .optionalInteger(context.device?.keyVersion),
            ] + Self.parameters(of: code, context) + [
                .optionalInteger(accessPoint), .text(direction), .optionalText(method),
                .optionalText(context.device?.requestID ?? requestID),
                .text(context.request.id), .text(context.request.address),
            ])
        return try Verdict(try context.database.run(statement).single(), context)
    }

    /// What the database is told of a code: tags, hint, tags and step of a time-based password, shape of a guess.
    package static func parameters(of code: GateCode, _ context: Context) -> [Parameter] {
        let codes = context.keys.codes
        let password = OneTimeCode(code)
        let step = password.flatMap { codes.matchedStep(of: $0.handle, digits: $0.digits, now: context.now) }
        return [
            .bytesArray(codes.tags(code)), .text(code.hint),
            .bytesArray(password.map { codes.tags($0.handle) } ?? []), .optionalInteger(step),
            .optionalText(code.guessableShape),
        ]
    }
}

/// A text that looks like a time-based password: six characters that find the pass, then six digits.
private struct OneTimeCode {
    let handle: GateCode
    let digits: String

    init?(_ code: GateCode) {
        guard let bare = code.compact?.text, bare.utf8.count == RandomCode.handleLength + 6,
            let handle = GateCode(reading: String(bare.dropLast(6)))
        else { return nil }
        digits = String(bare.suffix(6))
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        self.handle = handle
    }
}
