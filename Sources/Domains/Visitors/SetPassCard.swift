package import Cryptography
import PostgreSQL
package import Web

/// The card that opens what a pass opens, in place of the one it had.
///
/// - SQL: `api.count_card_number`, `api.set_pass_card` (sql/functions/visitors/).
package struct SetPassCard: Action {
    private let id: Int64
    private let card: GateCode?

    /// - Parameters:
    ///   - card: its number; nil for no card.
    ///   - id: of the pass.
    package init(_ card: GateCode?, of id: Int64) {
        self.card = card
        self.id = id
    }

    /// - Throws: 400 for a number that is in use or too short, 404 for a pass that has ended, 429 when a home tries
    ///   too many.
    package func perform(_ context: Context) throws {
        let keys = context.keys.codes
        var parameters: [Parameter] = [.integer(id), .null, .null, .null, .null, .null]
        if let card {
            let count = Statement(
                "select api.count_card_number()", name: "count_card_number")
            let wait = try context.runForGood(count).single().integer(0)
            guard wait == 0 else { throw HTTPError.throttled(seconds: wait) }
            // People group the digits as they please: kept is the number alone, which every spelling of it leads to.
            let number = card.compact ?? card
            parameters = [
                .integer(id), .bytesArray(keys.tags(number) + keys.tags(card)), .bytes(try keys.seal(number)),
                .integer(Int64(keys.generation)), .integer(number.digits), .integer(number.letters),
            ]
        }
        _ = try context.run([
            Statement(
                "select api.set_pass_card($1, $2, $3, $4::integer, $5::integer, $6::integer)", name: "set_pass_card",
                parameters: parameters)
        ])
    }
}
