import JSON
import PostgreSQL
import Resource
import Vocabulary
import Web

/// Finds the rows of a table that the rows of a file mean.
///
/// A row of a file is one that is there when it has its number or, without a number, what only one row can have: the
/// values of a unique key, or a secret code. Of a table without either, it is one that is like it in all that it says.
struct CSVImportFinder {
    let resource: Resource
    let columns: CSVImportColumns

    /// Sets the numbers of the rows that are there; two rows of a file that mean the same one are a fault.
    func find(_ rows: inout [CSVImportRow], _ context: Context) throws {
        try findNumbers(&rows, context)
        for key in resource.keys { try find(&rows, key, context) }
        if let code = resource.fields.first(where: { $0.codeLookup != nil }), let lookup = code.codeLookup {
            try find(&rows, code, lookup, context)
        } else {
            try findTwins(&rows, context)
        }
        var lines: [Int64: Int] = [:]
        for index in rows.indices {
            guard let id = rows[index].id else { continue }
            if let line = lines[id] { blame(&rows[index], "", .sameAs(line)) }
            lines[id] = lines[id] ?? rows[index].source.line
        }
    }

    private func blame(_ row: inout CSVImportRow, _ field: String, _ text: Text) {
        row.faults.append(columns.fault(row.source, field, text))
    }

    // MARK: By number

    private func findNumbers(_ rows: inout [CSVImportRow], _ context: Context) throws {
        guard let column = columns.numberColumn else { return }
        for index in rows.indices where column < rows[index].source.cells.count {
            let text = rows[index].source.cells[column].plain
            guard !text.isEmpty else { continue }
            rows[index].id = WholeNumber.read(text, in: WholeNumber.identifiers) ?? 0
        }
        let asked = rows.compactMap(\.id)
        let answer = try context.run([resource.existingStatement(asked)])[0]
        let found = Set(try answer.map { try $0.integer(0) })
        for index in rows.indices {
            guard let id = rows[index].id, !found.contains(id) else { continue }
            blame(&rows[index], "id", .noSuchNumber)
        }
    }

    // MARK: By a unique key

    /// Rows that have the same values of fields which only one row can have.
    private func find(_ rows: inout [CSVImportRow], _ key: [Field], _ context: Context) throws {
        var values: [[String]] = []
        var places: [Int] = []
        var lines: [[String]: Int] = [:]
        for index in rows.indices {
            let texts = key.compactMap { keyText(rows[index], $0) }
            guard texts.count == key.count else { continue }
            if let line = lines[texts] {
                blame(&rows[index], key[key.count - 1].name, .sameAs(line))
                continue
            }
            lines[texts] = rows[index].source.line
            values.append(texts)
            places.append(index)
        }
        guard !values.isEmpty else { return }
        let letters = key.indices.map { "k\($0)" }
        let arrays = key.indices.map { "$\($0 + 1)::text[]" }.joined(separator: ", ")
        let equal = zip(key, letters).map { "t.\($0.column ?? "id")::text = x.\($1)" }.joined(separator: " and ")
        let sql =
            "select x.n, t.id from unnest(\(arrays)) with ordinality as x (\(letters.joined(separator: ", ")), n)"
            + " join \(resource.table) as t on \(equal)"
        let parameters = key.indices.map { position in Parameter.textArray(values.map { $0[position] }) }
        for row in try context.run([Statement(sql, parameters: parameters)])[0] {
            let index = places[Int(try row.integer(0)) - 1]
            meet(&rows[index], try row.integer(1), key)
        }
    }

    private func meet(_ row: inout CSVImportRow, _ id: Int64, _ key: [Field]) {
        if let known = row.id, known != id {
            blame(&row, key[key.count - 1].name, .anotherHasIt(resource.singular, id))
        }
        row.id = row.id ?? id
    }

    private func keyText(_ row: CSVImportRow, _ field: Field) -> String? {
        guard let value = row[field.name], case .success(let parsed) = field.kind.parse(value) else { return nil }
        switch parsed {
        case .text(let text): return text.isEmpty ? nil : text
        case .integer(let number): return String(number)
        default: return nil
        }
    }

    // MARK: By a secret code

    private func find(
        _ rows: inout [CSVImportRow], _ field: Field, _ lookup: CodeLookup, _ context: Context
    ) throws {
        let asked = rows.indices.compactMap { index -> CodeLookup.Question? in
            guard rows[index].faults.isEmpty, case .string(let code)? = rows[index][field.name],
                case .integer(let owner)? = rows[index][lookup.owner]
            else { return nil }
            return .init(place: index, owner: owner, code: code)
        }
        for (index, id) in try lookup.find(asked, context) {
            guard rows[index].id == nil || rows[index].id == id else { continue }
            rows[index].id = id
            rows[index].members.removeAll { $0.name == field.name }
        }
    }

    // MARK: By likeness

    /// Where rows may be alike because none says what only one row can have, one that is like another in all that the file
    /// says is not made again.
    private func findTwins(_ rows: inout [CSVImportRow], _ context: Context) throws {
        var unknown: [(place: Int, change: RowChange)] = []
        for index in rows.indices where isUnknown(rows[index]) {
            let change = try rows[index].change(of: resource, context)
            guard change.faults.isEmpty, change.columns.allSatisfy({ $0.field.readers.admits(.administrator) }) else {
                continue
            }
            unknown.append((index, change))
        }
        let alike = Dictionary(grouping: unknown) { $0.change.columns.map(\.field.name) }
        guard !alike.isEmpty else { return }
        for answer in try context.run(alike.values.map(resource.twins)) {
            for twin in answer { rows[Int(try twin.integer(0))].id = try twin.integer(1) }
        }
    }

    private func isUnknown(_ row: CSVImportRow) -> Bool {
        let isKeyed = resource.keys.contains { key in key.allSatisfy { row[$0.name] != nil } }
        return row.id == nil && row.faults.isEmpty && !isKeyed
    }
}

extension Text {
    fileprivate static func sameAs(_ line: Int) -> Text {
        Text("Line \(line) of the file is the same.", es: "La línea \(line) del archivo es la misma.")
    }

    fileprivate static let noSuchNumber = Text("There is no record with this ID.", es: "No existe este ID.")

    fileprivate static func anotherHasIt(_ what: Text, _ id: Int64) -> Text {
        Text(
            "\(what.english) #\(id) already has this value.", es: "\(what.spanish) #\(id) ya tiene este valor.")
    }
}
