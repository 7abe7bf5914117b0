import Cryptography
import JSON
import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// Writes the rows of a file inside a transaction, and tells of each what became of it.
///
/// The dry run and the import are this same code: the one throws its transaction away, the other keeps it.
struct CSVImporter {
    let table: Table
    private let file: CSVFile
    private let columns: CSVImportColumns
    private let encoding: String

    /// One row on its way.
    private struct Plan {
        let row: CSVFile.Row
        var members: [JSON.Member] = []
        var faults: [CSVImportReport.Fault] = []
        var id: Int64?
        var change: RowChange?
    }

    /// - Parameter text: the file; whatever is wrong with it as a whole is a fault of the field `file`.
    init(_ table: Table, _ text: String, encoding: String) throws(HTTPError) {
        do { file = try CSVFile(text, maximumRows: CSVImportLimit.rows) } catch {
            throw .invalid([FieldError("file", error.text)])
        }
        guard !file.rows.isEmpty else { throw .invalid([FieldError("file", .noRows)]) }
        columns = try CSVImportColumns(table, header: file.header)
        self.table = table
        self.encoding = encoding
        let links = columns.fields.indices.filter { columns.fields[$0]?.kind == .references }
        let linked = file.rows.count { row in links.contains { $0 < row.cells.count && !row.cells[$0].trimmed.isEmpty }
        }
        guard linked <= CSVImportLimit.linkedRows else { throw .invalid([FieldError("file", .tooManyLinkedRows)]) }
    }

    /// To be called inside a transaction of the caller; faulty rows are left out, all others written.
    func run(_ context: Context) throws -> CSVImportReport {
        let references = try CSVImportReferences(columns, file.rows, context)
        var plans = file.rows.map { read($0, references) }
        try find(&plans, context)
        for index in plans.indices { try check(&plans[index], context) }
        let outcomes = try write(&plans, context)
        var report = CSVImportReport(
            encoding: encoding, separator: String(file.separator), ignored: columns.ignored)
        for (plan, outcome) in zip(plans, outcomes) {
            report.rows.append(
                .init(line: plan.row.line, outcome: outcome, id: plan.id ?? 0, summary: summary(plan.row)))
            report.faults += plan.faults
        }
        if report.count(.changed) > 0 { report.changes = try changes(plans, context) }
        return report
    }

    // MARK: Reading

    private func read(_ row: CSVFile.Row, _ references: CSVImportReferences) -> Plan {
        var plan = Plan(row: row)
        if row.cells.dropFirst(columns.fields.count).contains(where: { !$0.trimmed.isEmpty }) {
            plan.faults.append(fault(row, "", .moreCells))
        }
        for (field, cell) in zip(columns.fields, row.cells) {
            let text = cell.trimmed
            guard let field, !text.isEmpty else { continue }
            switch CSVImportCell.read(text, field, references) {
            case .success(let value): plan.members.append(.init(name: field.name, value: value))
            case .failure(let wrong):
                plan.faults += wrong.errors(of: field.name).map { fault(row, $0.name, $0.text) }
            }
        }
        return plan
    }

    /// What the API would say of the row.
    private func check(_ plan: inout Plan, _ context: Context) throws {
        let change = try change(plan, context)
        // Of a cell that could not be read the body says only that it is missing.
        let known = Set(plan.faults.map(\.field))
        plan.faults += change.faults.filter { !known.contains($0.name) }.map { fault(plan.row, $0.name, $0.text) }
        for (field, value) in change.columns where plan.id == nil && field.kind == .code {
            if case .text(let text) = value, text.hasPrefix("•") {
                plan.faults.append(fault(plan.row, field.name, .maskedCode))
            }
        }
        if plan.faults.isEmpty { plan.change = change }
    }

    private func change(_ plan: Plan, _ context: Context) throws -> RowChange {
        try RowChange(table.resource, plan.members, id: plan.id, as: .administrator, context)
    }

    private func fault(_ row: CSVFile.Row, _ field: String, _ text: Text) -> CSVImportReport.Fault {
        let isWhole = field == FieldError.wholeObject
        let index = field == "id" ? columns.numberColumn : columns.fields.firstIndex { $0?.name == field }
        let value = index.flatMap { $0 < row.cells.count ? row.cells[$0] : nil } ?? ""
        // A code is a key: it stands in no report.
        let isCode = table.resource.field(field)?.kind == .code
        return .init(line: row.line, field: isWhole ? "" : field, text: text, value: isCode ? "••" : value)
    }

    private func summary(_ row: CSVFile.Row) -> String {
        let cells = zip(columns.fields, row.cells).filter { $0.0 != nil && $0.0?.kind != .code }.map { $0.1.trimmed }
        return cells.filter { !$0.isEmpty }.prefix(3).map(\.echo).joined(separator: " · ")
    }

    // MARK: Finding what is there

    /// A row is one that is there when it has its number or, without a number, what only one row can have.
    private func find(_ plans: inout [Plan], _ context: Context) throws {
        try findNumbers(&plans, context)
        let keys = table.resource.keys
        for key in keys { try find(&plans, key, context) }
        if let code = table.resource.fields.first(where: { $0.kind == .code && $0.isUnique }) {
            try findCodes(&plans, code, context)
        } else {
            try findTwins(&plans, context)
        }
        var lines: [Int64: Int] = [:]
        for index in plans.indices {
            guard let id = plans[index].id else { continue }
            if let line = lines[id] { plans[index].faults.append(fault(plans[index].row, "", .sameAs(line))) }
            lines[id] = lines[id] ?? plans[index].row.line
        }
    }

    private func findNumbers(_ plans: inout [Plan], _ context: Context) throws {
        guard let column = columns.numberColumn else { return }
        for index in plans.indices where column < plans[index].row.cells.count {
            let text = plans[index].row.cells[column].trimmed
            guard !text.isEmpty else { continue }
            plans[index].id = WholeNumber.read(text, in: WholeNumber.identifiers) ?? 0
        }
        let asked = plans.compactMap(\.id)
        let sql = "select t.id from \(table.resource.table) as t where t.id = any ($1::bigint[])"
        let rows = try context.run([Statement(sql, parameters: [.integerArray(asked)])])[0]
        let found = Set(try rows.map { try $0.integer(0) })
        for index in plans.indices {
            guard let id = plans[index].id, !found.contains(id) else { continue }
            plans[index].faults.append(fault(plans[index].row, "id", .noSuchNumber(table.resource.singular)))
        }
    }

    /// Rows that have the same values of fields which only one row can have.
    private func find(_ plans: inout [Plan], _ key: [Field], _ context: Context) throws {
        var values: [[String]] = []
        var places: [Int] = []
        var lines: [[String]: Int] = [:]
        for index in plans.indices {
            let texts = key.compactMap { keyText(plans[index], $0) }
            guard texts.count == key.count else { continue }
            if let line = lines[texts] {
                plans[index].faults.append(fault(plans[index].row, key[key.count - 1].name, .sameAs(line)))
                continue
            }
            lines[texts] = plans[index].row.line
            values.append(texts)
            places.append(index)
        }
        guard !values.isEmpty else { return }
        let letters = key.indices.map { "k\($0)" }
        let arrays = key.indices.map { "$\($0 + 1)::text[]" }.joined(separator: ", ")
        let equal = zip(key, letters).map { "t.\($0.column ?? "id")::text = x.\($1)" }.joined(separator: " and ")
        let sql =
            "select x.n, t.id from unnest(\(arrays)) with ordinality as x (\(letters.joined(separator: ", ")), n)"
            + " join \(table.resource.table) as t on \(equal)"
        let parameters = key.indices.map { position in Parameter.textArray(values.map { $0[position] }) }
        for row in try context.run([Statement(sql, parameters: parameters)])[0] {
            let index = places[Int(try row.integer(0)) - 1]
            meet(&plans[index], try row.integer(1), key)
        }
    }

    private func meet(_ plan: inout Plan, _ id: Int64, _ key: [Field]) {
        if let known = plan.id, known != id {
            plan.faults.append(fault(plan.row, key[key.count - 1].name, .anotherHasIt(table.resource.singular, id)))
        }
        plan.id = plan.id ?? id
    }

    private func keyText(_ plan: Plan, _ field: Field) -> String? {
        guard let value = plan.members.first(where: { $0.name == field.name })?.value,
            case .success(let parsed) = field.kind.parse(value)
        else { return nil }
        switch parsed {
        case .text(let text): return text.isEmpty ? nil : text
        case .integer(let number): return String(number)
        default: return nil
        }
    }

    /// Cards that the same resident has already: of anybody else's nothing is told but that the code is taken.
    private func findCodes(_ plans: inout [Plan], _ code: Field, _ context: Context) throws {
        var rows: [Int64] = []
        var owners: [Int64] = []
        var tags: [[UInt8]] = []
        for index in plans.indices where plans[index].faults.isEmpty {
            guard case .string(let text)? = plans[index].members.first(where: { $0.name == code.name })?.value,
                case .integer(let owner)? = plans[index].members.first(where: { $0.name == "resident" })?.value
            else { continue }
            guard let read = GateCode(reading: text) else { continue }
            for tag in context.keys.codes.tags(read) {
                rows.append(Int64(index))
                owners.append(owner)
                tags.append(tag)
            }
        }
        guard !rows.isEmpty else { return }
        let statement = Statement(
            "select row_number, card_id from api.cards_with_codes($1, $2, $3)",
            parameters: [.integerArray(rows), .integerArray(owners), .bytesArray(tags)])
        for row in try context.run([statement])[0] {
            let (index, id) = (Int(try row.integer(0)), try row.integer(1))
            guard plans[index].id == nil || plans[index].id == id else { continue }
            plans[index].id = id
            plans[index].members.removeAll { $0.name == code.name }
        }
    }

    private func isUnknown(_ plan: Plan) -> Bool {
        let isKeyed = table.resource.keys.contains { key in
            key.allSatisfy { field in plan.members.contains { $0.name == field.name } }
        }
        return plan.id == nil && plan.faults.isEmpty && !isKeyed
    }

    /// Where rows may be alike because none says what only one row can have, one that is like another in all that the file
    /// says is not made again.
    private func findTwins(_ plans: inout [Plan], _ context: Context) throws {
        var rows: [(place: Int, change: RowChange)] = []
        for index in plans.indices where isUnknown(plans[index]) {
            let change = try change(plans[index], context)
            guard change.faults.isEmpty, change.columns.allSatisfy({ $0.field.readers.admits(.administrator) }) else {
                continue
            }
            rows.append((index, change))
        }
        let alike = Dictionary(grouping: rows) { $0.change.columns.map(\.field.name) }
        guard !alike.isEmpty else { return }
        for rows in try context.run(alike.values.map(table.resource.twins)) {
            for row in rows { plans[Int(try row.integer(0))].id = try row.integer(1) }
        }
    }

    // MARK: Writing

    private static let rowsAtOnce = 100
    /// Of batches that were refused so many rows are tried one by one, so that a file full of faults takes no longer than
    /// a good one.
    private static let maximumSingles = 1_000

    private func write(_ plans: inout [Plan], _ context: Context) throws -> [RowOutcome] {
        var outcomes = plans.map { _ in RowOutcome.wrong }
        let rows = plans.indices.compactMap { index in plans[index].change.map { (place: index, change: $0) } }
        let refused = try write(rows, in: Self.rowsAtOnce, &plans, &outcomes, context)
        let single = refused.sorted().prefix(Self.maximumSingles)
        _ = try write(
            rows.filter { single.contains($0.place) }, in: 1, &plans, &outcomes, context)
        for place in refused.subtracting(single) { plans[place].faults.append(fault(plans[place].row, "", .notTried)) }
        return outcomes
    }

    /// - Returns: the rows of batches that were refused as a whole.
    private func write(
        _ rows: [(place: Int, change: RowChange)], in size: Int, _ plans: inout [Plan], _ outcomes: inout [RowOutcome],
        _ context: Context
    ) throws -> Set<Int> {
        let batches = RowChange.batches(of: rows, in: table.resource, of: size, as: .administrator)
        var refused: Set<Int> = []
        guard !batches.isEmpty else { return refused }
        for (answer, batch) in zip(try context.attempt(batches.map(\.statements)), batches) {
            switch answer {
            case .success(let answers):
                let written = try batch.written(answers)
                for place in batch.places {
                    outcomes[place] = !written.contains(place) ? .same : plans[place].id == nil ? .new : .changed
                }
            case .failure(let refusal) where batch.places.count == 1:
                let row = plans[batch.places[0]].row
                plans[batch.places[0]].faults += table.resource.explanation(of: refusal).map {
                    fault(row, $0.name, $0.text)
                }
            case .failure: refused.formUnion(batch.places)
            }
        }
        return refused
    }

    /// Old and new of every field that was changed, as the audit has it.
    private func changes(_ plans: [Plan], _ context: Context) throws -> [CSVImportReport.Change] {
        let lines = Dictionary(
            plans.compactMap { plan in plan.id.map { ($0, plan.row.line) } }, uniquingKeysWith: { first, _ in first })
        let rows = try context.run([
            Statement(
                "select a.row_id, a.changes::text from garita.audit as a"
                    + " where a.site_id = garita.current_site_id() and a.at >= transaction_timestamp()"
                    + " and a.request_id = $1 and a.table_name = $2 and a.action = 'UPDATE' order by a.id",
                parameters: [.text(context.request.id), .text(table.name)])
        ])[0]
        return try rows.flatMap { row -> [CSVImportReport.Change] in
            let line = lines[try row.integer(0)] ?? 0
            let members = try JSON(parsing: Array(try row.text(1).utf8), maximumBytes: 1_048_576).members ?? []
            return members.compactMap { member in
                guard let field = table.resource.fields.first(where: { $0.column == member.name }),
                    let pair = member.value.elements, pair.count == 2
                else { return nil }
                return .init(line: line, field: field.name, old: Self.word(pair[0]), new: Self.word(pair[1]))
            }
        }.sorted { $0.line < $1.line }
    }

    private static func word(_ value: JSON) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        default: String(decoding: value.serialized(), as: UTF8.self)
        }
    }
}

extension Text {
    fileprivate static let noRows = Text(
        "There is no row below the first line.", es: "No hay ninguna fila debajo de la primera línea.")
    fileprivate static let tooManyLinkedRows = Text(
        "More than \(CSVImportLimit.linkedRows) rows link to several others (access points): split the file.",
        es: "Más de \(CSVImportLimit.linkedRows) filas enlazan con varios registros (accesos): divida el archivo.")
    fileprivate static let moreCells = Text(
        "The row has more cells than the first line has columns.",
        es: "La fila tiene más celdas que columnas la primera línea.")

    fileprivate static let maskedCode = Text(
        "The code is hidden: write the whole code, or the ID of the card.",
        es: "El código está oculto: escriba el código completo o el ID de la tarjeta.")

    fileprivate static let notTried = Text(
        "Not looked at: correct the other errors first.", es: "No se revisó: corrija primero los demás errores.")

    fileprivate static func sameAs(_ line: Int) -> Text {
        Text("Line \(line) of the file is the same.", es: "La línea \(line) del archivo es la misma.")
    }

    fileprivate static func noSuchNumber(_ what: Text) -> Text {
        Text("\(what.english): there is none with this ID.", es: "\(what.spanish): no existe este ID.")
    }

    fileprivate static func anotherHasIt(_ what: Text, _ id: Int64) -> Text {
        Text(
            "\(what.english) \(id) has this value already.", es: "\(what.spanish) \(id) ya tiene este valor.")
    }
}
