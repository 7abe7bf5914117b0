import JSON
import PostgreSQL
package import Web

extension PageContext {
    /// What a form that makes something carries unseen: sent twice, it makes it once.
    package var requestNumber: QueryItem { QueryItem("request_id", context.request.id) }

    /// What a form makes, once however often it is sent.
    ///
    /// Another form under the same number, as the back button brings it, is another request.
    ///
    /// - Parameter name: what is made.
    /// - Returns: the number of what was made, now or before.
    package func once(_ form: Form, _ name: String, _ work: (Context) throws -> Int64) throws -> Int64 {
        let sent = form.text("request_id")
        let number = sent.isEmpty ? context.request.id : String(sent.prefix(40))
        do {
            return try answer(IdempotencyKey(named: "\(name) \(number)"), work)
        } catch DatabaseError.refused(let refusal) where refusal.hint == "request_id" {
            return try answer(IdempotencyKey(named: "\(name) \(context.request.id)"), work)
        }
    }

    private func answer(_ key: IdempotencyKey, _ work: (Context) throws -> Int64) throws -> Int64 {
        let answer = try withoutActuallyEscaping(work) { work in
            try key.answer(context) { context in .json(["id": .integer(try work(context))], status: 201) }
        }
        guard case .integer(let id)? = try JSON(parsing: answer.body)["id"] else { throw HTTPError.internalError }
        return id
    }
}
