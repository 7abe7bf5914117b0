import JSON
import PostgreSQL

/// The `Idempotency-Key` of a request: a repeated request gets the first answer again, and nothing is made twice.
///
/// - SQL: `api.recall_answer` and `api.keep_answer` (sql/functions/caller/).
package struct IdempotencyKey: Sendable {
    /// The name that the client gave its request.
    package let text: String

    /// The header, bare or quoted.
    /// - Returns: nil when there is none.
    /// - Throws: 400 when it is not of 1 to 64 visible ASCII characters.
    package init?(_ request: Request) throws(HTTPError) {
        guard var key = request.parameters["HTTP_IDEMPOTENCY_KEY"] else { return nil }
        if key.count > 2, key.first == "\"", key.last == "\"" { key = String(key.dropFirst().dropLast()) }
        guard (1...64).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .invalid([FieldError("Idempotency-Key", .badRequestID)])
        }
        text = key
    }

    /// A name that stood in the body.
    package init(named text: String) { self.text = text }

    /// Does the work, or repeats the stored answer; lock, work and storing are one transaction.
    ///
    /// What fails, or was asked too often, is not kept: the client may try it again under the same key.
    package func answer(_ context: Context, once work: Route.Answer) throws -> Response {
        let accounts = context.keys.accounts
        let asked = try Self.meaning(of: context.request)
        return try context.transaction { context in
            let recall = Statement(
                "select status, fingerprint, body_sealed from api.recall_answer($1, $2)", name: "recall_answer",
                parameters: [.text(text), .bytesArray(accounts.tags(.answer, asked))])
            if let kept = try context.run([recall])[0].first { return try Self.again(kept, accounts) }
            let response = try work(context)
            guard response.status != 429 else { return response }
            let tag = accounts.tag(.answer, asked)
            let keep = Statement(
                "select api.keep_answer($1, $2, $3, $4)", name: "keep_answer",
                parameters: [
                    .text(text), .bytes(tag), .integer(Int64(response.status)),
                    .bytes(try accounts.seal(response.body, .answer, tag: tag)),
                ])
            _ = try context.run([keep])
            return response
        }
    }

    private static func again(_ kept: Row, _ accounts: AccountKeys) throws -> Response {
        let body = try accounts.open(try kept.bytes(2), .answer, tag: try kept.bytes(1))
        return Response(
            Int(try kept.integer(0)),
            headers: [Header("Content-Type", "application/json"), Header("Idempotent-Replay", "true")], body: body)
    }

    /// What the key stands for: method, path and what the form says, however it is written.
    private static func meaning(of request: Request) throws(HTTPError) -> [UInt8] {
        Array("\(request.method) \(request.path)\n".utf8) + (try Form(request).canonical)
    }
}
