import PostgreSQL
import Web

/// What only the database knows of a client's values: whether links lead somewhere the caller may see, and whether
/// unique values are free. Asked before writing, so that every fault is named at once; constraints hold regardless.
struct Checks {
    private let questions: [(sql: String, error: FieldError)]
    private let parameters: [Parameter]

    /// - Parameter id: the row being changed, which may keep its own unique values.
    init(_ resource: Resource, _ columns: [(field: Field, value: FieldValue)], id: Int64?) {
        var parameters: [Parameter] = []
        var questions: [(String, FieldError)] = []
        for (field, value) in columns where value != .null {
            guard let column = field.column else { continue }
            if let target = field.target, case .integer(let key) = value {
                parameters.append(.integer(key))
                questions.append((
                    "exists (select from \(target) where id = $\(parameters.count))",
                    FieldError(field.name, .noSuchObject(String(key)))
                ))
            } else if field.isUnique {
                parameters.append(value.parameter)
                questions.append((
                    "not exists (select from \(resource.table) where \(column) = $\(parameters.count)"
                        + " and id is distinct from \(id.map(String.init) ?? "null"))",
                    FieldError(field.name, .alreadyTaken(resource.model.lowercased(), field.name))
                ))
            }
        }
        self.parameters = parameters
        self.questions = questions
    }

    /// - Throws: 400 with every fault.
    func run(_ context: Context) throws {
        guard !questions.isEmpty else { return }
        let sql = "select " + questions.map(\.sql).joined(separator: ", ")
        let row = try context.run([Statement(sql, parameters: parameters)])[0][0]
        var errors: [FieldError] = []
        for (index, question) in questions.enumerated() where try !row.bool(index) {
            errors.append(question.error)
        }
        guard errors.isEmpty else { throw HTTPError.invalid(errors) }
    }
}
