import Cryptography
package import JSON
package import PostgreSQL
package import Web

/// One row of many that are written together: read and checked as a body of the API is.
package struct RowChange {
    /// The row that is changed; nil for a new one.
    package let id: Int64?
    /// What the row brings, without what this role may not set.
    package let columns: [(field: Field, value: FieldValue)]
    /// What is wrong with it, as far as it can be known without the database.
    package private(set) var faults: [FieldError]
    fileprivate let assigned: ColumnAssignments?

    /// - Parameter members: as the body of POST, or of PATCH where there is a row.
    /// - Throws: when a list of ours cannot be read; what is wrong with the row is no error but a fault.
    package init(
        _ resource: Resource, _ members: [JSON.Member], id: Int64?, as role: Role, _ context: Context
    ) throws {
        // What must be in a body of the API, be it blank, need not be in a file.
        let left = resource.fields.filter { field in
            field.isSent && id == nil && !members.contains { $0.name == field.name }
        }
        let form = Form(members + left.map { .init(name: $0.name, value: "") })
        let values = SubmittedValues(resource, form, isNew: id == nil, isPartial: id != nil)
        self.id = id
        columns = values.allowed(to: role)
        faults = values.faults + (try resource.validate(values.text, context))
        let codes = context.keys.codes
        do { assigned = faults.isEmpty ? try ColumnAssignments(columns, codes) : nil } catch let error as HTTPError {
            guard let known = error.formFaults else { throw error }
            faults += known
            assigned = nil
        }
    }

    /// The columns as an object of JSON, whose `id` is the number given; nil for a faulty row.
    package func record(_ number: Int64) -> JSON? {
        guard let assigned else { return nil }
        let members = zip(assigned.columns, assigned.parameters).map { JSON.Member(name: $0, value: $1.json) }
        return .object([.init(name: "id", value: .integer(number))] + members)
    }

    /// Rows of one shape can be written by one statement.
    private var shape: String { (id == nil ? "+" : "=") + (assigned?.columns.joined(separator: ",") ?? "") }

    /// The rows in as few batches as may be, each of at most so many rows; new ones first, because who changes a row
    /// keeps it locked until the end.
    ///
    /// - Parameter rows: without faults.
    package static func batches(
        of rows: [(place: Int, change: RowChange)], in resource: Resource, of size: Int, as role: Role
    ) -> [RowBatch] {
        var batches: [RowBatch] = []
        for isNew in [true, false] {
            let some = rows.filter { ($0.change.id == nil) == isNew }
            let linked = some.filter { $0.change.assigned?.links.isEmpty == false }
            let plain = Dictionary(
                grouping: some.filter { $0.change.assigned?.links.isEmpty == true }, by: \.change.shape)
            for (_, alike) in plain.sorted(by: { $0.value[0].place < $1.value[0].place }) {
                for start in stride(from: 0, to: alike.count, by: size) {
                    batches.append(RowBatch(alike[start..<min(start + size, alike.count)], resource, role))
                }
            }
            batches += linked.map { RowBatch([$0], resource, role) }
        }
        return batches
    }
}

/// Rows of one shape, written by the same statements: they are all taken, or none.
package struct RowBatch {
    /// Where each row stands among all.
    package let places: [Int]
    /// To be run together, in one transaction.
    package let statements: [Statement]
    private let ids: [Int64?]
    private let isLinked: Bool

    fileprivate init(_ rows: some Collection<(place: Int, change: RowChange)>, _ resource: Resource, _ role: Role) {
        places = rows.map(\.place)
        ids = rows.map(\.change.id)
        let changes = rows.map(\.change)
        let records = JSON.array(changes.compactMap { $0.record($0.id ?? 0) }).serialized()
        let columns = changes[0].assigned?.columns ?? []
        let links = changes[0].assigned?.links ?? []
        let parameter = Parameter.text(String(decoding: records, as: UTF8.self))
        isLinked = !links.isEmpty
        var statements: [Statement] = []
        if changes[0].id == nil {
            statements = [Statement(resource.insertion(of: columns), parameters: [parameter])]
        } else if !columns.isEmpty {
            let isReadable = changes[0].columns.allSatisfy { $0.field.kind != .code && $0.field.readers.admits(role) }
            let update = resource.change(of: columns, onlyWhereOther: isReadable)
            statements = [Statement(update, parameters: [parameter])]
        }
        if let id = changes[0].id, isLinked { statements.append(resource.saveStatement(id)) }
        self.statements = statements + links
    }

    /// The places of the rows that were made or changed; the others are as they were.
    package func written(_ answers: [Rows]) throws -> Set<Int> {
        guard ids[0] != nil else { return Set(places) }
        let isChanged = isLinked && answers.suffix(2).contains { !$0.isEmpty }
        // Without a column of its own the first answer is that the row is there.
        let hasColumns = statements.first?.sql.hasPrefix("update") == true
        let changed = Set(hasColumns ? try answers[0].map { try $0.integer(0) } : [])
        return Set(zip(places, ids).filter { isChanged || changed.contains($0.1 ?? 0) }.map(\.0))
    }
}

extension Resource {
    /// The records are typed by the table itself: whatever a column is, the text becomes it or is refused.
    private var records: String { "jsonb_populate_recordset(null::\(table), $1::jsonb) as x" }

    fileprivate func insertion(of columns: [String]) -> String {
        let names = columns.joined(separator: ", ")
        let values = columns.map { "x.\($0)" }.joined(separator: ", ")
        return "insert into \(table) (\(names)) select \(values) from \(records) returning garita.set_saved_id(id)"
    }

    /// - Parameter onlyWhereOther: what nobody may read cannot be compared, and counts as other.
    fileprivate func change(of columns: [String], onlyWhereOther: Bool) -> String {
        let terms = columns.map { "\($0) = x.\($0)" }.joined(separator: ", ")
        let others = columns.map { "t.\($0) is distinct from \(kept($0))" }.joined(separator: " or ")
        return "update \(table) as t set \(terms) from \(records) where t.id = x.id"
            + (onlyWhereOther ? " and (\(others))" : "") + " returning t.id"
    }

    /// The value of a record as the table would keep it.
    private func kept(_ column: String) -> String {
        let isPhone = fields.contains { $0.column == column && $0.holdsPhone }
        return isPhone ? "coalesce(api.read_phone(x.\(column)), x.\(column))" : "x.\(column)"
    }

    /// Takes these rows away, each as the API does.
    package func removal(of ids: [Int64]) -> [Statement] {
        guard rules.removal == nil else {
            return ids.map { Statement(removal, parameters: [.integer($0)]) }
        }
        return [
            Statement(
                "delete from \(table) where id = any ($1::bigint[]) returning id", parameters: [.integerArray(ids)])
        ]
    }

    /// Writes values that the rows have had before.
    ///
    /// - Parameter rows: number and columns of each, all of the same columns.
    package func restoration(of rows: [(id: Int64, columns: [JSON.Member])]) -> Statement {
        let records = rows.map { JSON.object([.init(name: "id", value: .integer($0.id))] + $0.columns) }
        return Statement(
            change(of: rows.first?.columns.map(\.name) ?? [], onlyWhereOther: false),
            parameters: [.text(String(decoding: JSON.array(records).serialized(), as: UTF8.self))])
    }

    /// Rows that are alike in all that these rows say: place and number of each that there is.
    ///
    /// - Parameter rows: of one shape and without links.
    package func twins(of rows: [(place: Int, change: RowChange)]) -> Statement {
        let columns = rows.first?.change.assigned?.columns ?? []
        let records = JSON.array(rows.compactMap { $0.change.record(Int64($0.place)) }).serialized()
        let terms = columns.map { "t.\($0) = \(kept($0))" }.joined(separator: " and ")
        return Statement(
            "select x.id, min(t.id) from \(self.records) join \(table) as t on \(terms) group by x.id",
            parameters: [.text(String(decoding: records, as: UTF8.self))])
    }
}

extension Parameter {
    /// As text of its type in JSON.
    fileprivate var json: JSON {
        switch self {
        case .null: .null
        case .text(let text): .string(text)
        case .integer(let number): .integer(number)
        case .bool(let value): .bool(value)
        case .bytes(let bytes): .string("\\x" + Hexadecimal.encode(bytes))
        case .textArray(let texts): .array(texts.map { .string($0) })
        case .bytesArray(let values): .array(values.map { .string("\\x" + Hexadecimal.encode($0)) })
        case .integerArray(let numbers): .array(numbers.map { .integer($0) })
        }
    }
}

extension Resource {
    /// Fields that tell one row from another; a code is compared by its tag alone and is not among them.
    package var keys: [[Field]] {
        let single = fields.filter { $0.isUnique && $0.column != nil && $0.kind != .code && !$0.isReadOnly }
        return single.map { [$0] } + rules.uniqueTogether.map { $0.compactMap(field) }
    }

    /// Names of the tables between, without their schema.
    package var linkTables: [String] {
        fields.compactMap { $0.links?.table.split(separator: ".").last.map(String.init) }
    }

    /// What of a row's values the database refused, in words for a person.
    package func explanation(of refusal: SQLError) -> [FieldError] {
        if let faults = faults(of: refusal) { return faults }
        let error = HTTPError(DatabaseError.refused(refusal))
        if case .fields(let errors) = error.content { return errors }
        let name = blamed(refusal)?.name ?? FieldError.wholeObject
        return error.sentences.map { FieldError(name, $0) }
    }

    /// The field that a constraint of the table is about: `residents_notes_length`.
    private func blamed(_ refusal: SQLError) -> Field? {
        fields.filter { refusal.constraint?.hasPrefix("\(tableName)_\($0.name)_") == true }
            .max { $0.name.count < $1.name.count }
    }
}
