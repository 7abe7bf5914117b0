import Cryptography
import PostgreSQL
package import Web

/// How rows of a file find the rows that have their secret codes already.
///
/// No role reads codes or their tags, so they cannot be compared as other values are: a function of the database does it,
/// and tells of a code only to who names its owner too.
package struct CodeLookup: Sendable {
    /// The reference that must be the same as well.
    package let owner: String
    /// Answers place and number of each row found, asked with places, owners and tags (`$1` to `$3`).
    let sql: String
    /// What a cell of a template shows.
    package let example: String
    /// What is said of a masked code, which a list shows, in a row that is new.
    let masked: Text

    /// - Parameter owner: the name of a field.
    package init(of owner: String, sql: String, example: String, masked: Text) {
        self.owner = owner
        self.sql = sql
        self.example = example
        self.masked = masked
    }

    /// What is wrong with the code of a row that is not there yet; nil when it is a whole code.
    package func fault(ofNew code: String) -> Text? { code.hasPrefix("•") ? masked : nil }

    /// One row of a file that says a code and its owner.
    package struct Question {
        let place: Int
        let owner: Int64
        let code: String

        /// - Parameter place: among the rows of the file, from 0.
        package init(place: Int, owner: Int64, code: String) {
            self.place = place
            self.owner = owner
            self.code = code
        }
    }

    /// The rows that have these codes already, by place.
    package func find(_ questions: [Question], _ context: Context) throws -> [(place: Int, id: Int64)] {
        var places: [Int64] = []
        var owners: [Int64] = []
        var tags: [[UInt8]] = []
        for question in questions {
            guard let code = GateCode(reading: question.code) else { continue }
            for tag in context.keys.codes.tags(code) {
                places.append(Int64(question.place))
                owners.append(question.owner)
                tags.append(tag)
            }
        }
        guard !places.isEmpty else { return [] }
        let statement = Statement(
            sql, parameters: [.integerArray(places), .integerArray(owners), .bytesArray(tags)])
        return try context.run([statement])[0].map { (Int(try $0.integer(0)), try $0.integer(1)) }
    }
}
