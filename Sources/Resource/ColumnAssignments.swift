import Cryptography
import JSON
import PostgreSQL
import Web

/// The values of a body as columns of the row, and as rows of tables between.
struct ColumnAssignments {
    private(set) var columns: [String] = []
    /// One for each column.
    private(set) var parameters: [Parameter] = []
    /// To be run once the row is remembered.
    private(set) var links: [Statement] = []
    /// Codes, which whoever sends them sees once more in the answer.
    private(set) var shown: [JSON.Member] = []

    /// - Throws: 400 for a text that is no code.
    init(_ values: [(field: Field, value: FieldValue)], _ codes: CodeKeys) throws {
        for (field, value) in values {
            if let links = field.links, case .integers(let numbers) = value {
                self.links += links.replace(with: numbers)
            } else if field.kind == .code, case .text(let text) = value {
                guard let code = GateCode(reading: text) else {
                    throw HTTPError.invalid([FieldError(field.name, .noCode(text))])
                }
                assign("code_tag", .bytes(codes.tag(code)))
                assign("code_sealed", .bytes(try codes.seal(code)))
                assign("key_version", .integer(Int64(codes.generation)))
                assign("code_hint", .text(code.hint))
                assign("code_digits", .integer(code.digits))
                assign("code_letters", .integer(code.letters))
                shown.append(.init(name: field.name, value: .string(text)))
            } else if let transform = field.transform, let column = field.column, case .text(let text) = value {
                assign(column, .text(try transform(text)))
            } else if let column = field.column {
                assign(column, value.parameter)
            }
        }
    }

    /// With what is worked out of the whole body.
    func adding(_ derived: DerivedColumns.Result) -> ColumnAssignments {
        var all = self
        for (name, parameter) in derived.columns { all.assign(name, parameter) }
        return all
    }

    private mutating func assign(_ column: String, _ parameter: Parameter) {
        columns.append(column)
        parameters.append(parameter)
    }
}
