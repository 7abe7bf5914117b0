import Cryptography
import PostgreSQL
import Web

/// What only the database knows of a client's values: whether links lead somewhere the caller may see, and whether
/// unique values are free.
///
/// Asked before writing, so that every fault is named at once; constraints hold regardless.
struct DatabaseValidation {
    private let resource: Resource
    /// The row being changed, which may keep its own unique values; nil for a new one.
    private let id: Int64?
    private var questions: [(sql: String, error: FieldError)] = []
    private var parameters: [Parameter] = []

    /// - Parameter columns: those of the values that the caller may set.
    init(
        _ resource: Resource, _ values: SubmittedValues, _ columns: [(field: Field, value: FieldValue)], id: Int64?,
        _ codes: CodeKeys
    ) {
        self.resource = resource
        self.id = id
        for (field, value) in columns where value != .null {
            if let target = field.target, case .integer(let key) = value {
                let exists = "exists (select from \(target) where id = \(number(value)))"
                ask(exists, field.name, .noSuchObject(String(key)))
            } else if let target = field.target, case .integers(let keys) = value {
                for key in keys {
                    let exists = "exists (select from \(target) where id = \(number(.integer(key))))"
                    ask(exists, field.name, .noSuchObject(String(key)))
                }
            } else if field.isFromToday, let column = field.column {
                // Of a row that the caller does not see, who writes it says that it is not there.
                let kept = id.map {
                    " or coalesce($\(parameters.count + 1)::date"
                        + " = (select \(column) from \(resource.table) where id = \($0)), true)"
                }
                ask("(\(number(value))::date >= current_date\(kept ?? ""))", field.name, .dayIsOver)
            } else if case .text(let text) = value, field.kind.needsCountry(text) {
                ask(
                    "api.read_phone(\(number(value))) is not null", field.name,
                    .notAPhone(values.typed(field.name) ?? text))
            } else if field.kind == .code, case .text(let text) = value, let code = GateCode(reading: text) {
                parameters.append(.bytesArray(codes.tags(code)))
                let free = "api.is_code_free($\(parameters.count), \(id.map { "\($0)" } ?? "null"))"
                ask(free, field.name, resource.taken(field))
            } else if field.isUnique, value != .text(""), let column = field.column {
                ask(isFree("\(column) = \(number(value))"), field.name, resource.taken(field))
            }
        }
        for names in resource.rules.uniqueTogether { askTogether(names, columns) }
    }

    /// - Parameter faults: what is already known to be wrong.
    /// - Throws: 400 with every fault, in the declared order of the fields.
    func run(_ context: Context, after faults: [FieldError]) throws {
        var errors = faults
        if !questions.isEmpty {
            let sql = "select " + questions.map(\.sql).joined(separator: ", ")
            let row = try context.run([Statement(sql, parameters: parameters)])[0].single()
            for (index, question) in questions.enumerated() where try !row.bool(index) { errors.append(question.error) }
        }
        guard !errors.isEmpty else { return }
        let order = resource.fields.map(\.name) + [FieldError.wholeObject]
        // Last those of a part of the body that is no field.
        let others = errors.filter { !order.contains($0.name) }
        throw HTTPError.invalid(order.flatMap { name in errors.filter { $0.name == name } } + others)
    }

    /// Fields that must differ together: what the client leaves out stays as the row has it.
    private mutating func askTogether(_ names: [String], _ columns: [(field: Field, value: FieldValue)]) {
        let given = names.map { name in columns.first { $0.field.name == name }?.value }
        // A new row without one of them has been refused already.
        guard id != nil || !given.contains(nil) else { return }
        let conditions = zip(names.compactMap { resource.field($0)?.column }, given).map { column, value in
            let stored = "(select \(column) from \(resource.table) where id = \(id ?? 0))"
            return "\(column) = \(value.map { number($0) } ?? stored)"
        }
        ask(isFree(conditions.joined(separator: " and ")), FieldError.wholeObject, .notUniqueTogether(names))
    }

    private mutating func ask(_ sql: String, _ name: String, _ fault: Text) {
        questions.append((sql, FieldError(name, fault)))
    }

    private func isFree(_ condition: String) -> String {
        let others = id.map { " and id <> \($0)" } ?? ""
        return "not exists (select from \(resource.table) where \(condition)\(others))"
    }

    /// Adds a parameter and gives its number.
    private mutating func number(_ value: FieldValue) -> String {
        parameters.append(value.parameter)
        return "$\(parameters.count)"
    }
}

extension Text {
    fileprivate static let dayIsOver = Text(
        "This day is over. Choose today or a later day.", es: "Este día ya pasó. Elija hoy o un día posterior.")
}
