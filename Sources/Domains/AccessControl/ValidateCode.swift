import Cryptography
import JSON
import PostgreSQL
import Vocabulary
import Web

/// `POST /api/access/codes/validate/`: decides whether a code opens a gate, and logs the attempt either way.
///
/// A refusal is an answer, not a failure. The decision itself is one stored function, one round trip, one transaction.
/// - SQL: `api.validate_code` (sql/functions/access_control/validate_code.sql).
struct ValidateCode: Handler {
    private let code: GateCode
    private let accessPoint: Int64
    private let direction: String

    init(_ request: Request) throws(HTTPError) {
        var fields = try FieldReader(request)
        // What a scanner read may be longer than the code in it: the original's pictures carry a name as well.
        let text = fields.text("code", maximum: nil)
        accessPoint = fields.integer("access_point_id", 1...Int64.max)
        direction = fields.choice(
            "access_type", Direction.allCases.map(\.rawValue), default: Direction.entry.rawValue)
        try fields.finish()
        guard let code = GateCode(reading: text) else {
            throw .invalid([FieldError("code", .tooLong(GateCode.maximumLength))])
        }
        self.code = code
    }

    func respond(_ context: Context) throws -> Response {
        let caller = try context.requireCaller()
        let statement = Statement(
            "select granted, reasons, warnings, person_type, person_name, unit, code_kind, code_id, log_id, uses_left"
                + " from api.validate_code($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            name: "validate_code",
            parameters: [
                .integer(caller.userID), .integer(caller.tokenVersion), .integer(caller.sessionID),
                .bytesArray(context.keys.codes.tags(code)), .text(code.hint), .integer(accessPoint),
                .text(direction), .text(context.request.id), .text(context.request.address),
            ])
        let verdict = try Verdict(try context.database.run([statement])[0][0])
        return verdict.response(context.request.language)
    }
}
