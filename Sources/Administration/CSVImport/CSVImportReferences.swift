import JSON
import Pages
import PostgreSQL
import Resource
import Web

/// What the rows of other tables are that a file names: by what people call them, by what only one row can have, such as
/// a user name, or by their number, written as `#12`.
///
/// A bare number is a name: the number of a house is no ID. Only under the name of the API, as our own exports have it, it
/// may be one, where nothing else is called so. What a row says beside it, such as a house, tells apart rows of a name.
/// Asked once for all rows, with the caller's rights: what the caller may not see is not there.
struct CSVImportReferences {
    private let columns: CSVImportColumns
    /// Numbers of the rows that bear a name, by table and name.
    private var named: [String: [String: Set<Int64>]] = [:]
    /// What was found, by table and number.
    private var records: [String: [Int64: Record]] = [:]
    /// What rows that are there lead to, by field and number, as an export writes it.
    private var present: [String: [Int64: String]] = [:]

    /// A row of another table.
    private struct Record {
        /// What people call it.
        let title: String
        /// What it stands in: numbers by table.
        let places: [String: Int64]
    }

    init(_ columns: CSVImportColumns, _ table: Table, _ rows: [CSVFile.Row], _ context: Context) throws {
        self.columns = columns
        var texts: [String: Set<String>] = [:]
        for (index, field) in columns.fields.enumerated() {
            guard let field, let target = field.target else { continue }
            for row in rows where index < row.cells.count {
                let text = row.cells[index].plain
                guard !text.isEmpty else { continue }
                texts[target, default: []].formUnion(field.kind == .references ? Self.items(text) : [text])
            }
        }
        let asked = texts.compactMap { name, texts in Table.of(name).map { (table: $0, texts: texts.sorted()) } }
        guard !asked.isEmpty else { return }
        for (answer, (target, _)) in zip(try context.run(asked.map { $0.table.bearers(of: $0.texts) }), asked) {
            for row in answer {
                named[target.resource.table, default: [:]][try row.text(0), default: []].insert(try row.integer(1))
            }
        }
        let numbers = asked.map { target, texts in
            (named[target.resource.table] ?? [:]).values.reduce(into: Set(texts.compactMap(Self.number))) {
                $0.formUnion($1)
            }
        }
        let answers = try context.run(zip(asked, numbers).map { $0.table.records($1.sorted()) })
        for (answer, (target, _)) in zip(answers, asked) {
            records[target.resource.table] = try Self.records(answer, of: target)
        }
        try readPresent(table, rows, context)
    }

    private static func records(_ answer: Rows, of table: Table) throws -> [Int64: Record] {
        let targets = table.places.compactMap(\.field.target)
        var records: [Int64: Record] = [:]
        for row in answer {
            var places: [String: Int64] = [:]
            for (index, target) in targets.enumerated() where !row.isNull(2 + index) {
                places[target] = try row.integer(2 + index)
            }
            records[try row.integer(0)] = Record(title: try row.optionalText(1) ?? "", places: places)
        }
        return records
    }

    /// An export that comes back says the numbers that its rows have: these are no names.
    private mutating func readPresent(_ table: Table, _ rows: [CSVFile.Row], _ context: Context) throws {
        let fields = columns.known.filter {
            $0.target != nil && columns.isWritten($0) && columns.wired.contains($0.name)
        }
        let numbers = rows.compactMap(columns.number)
        guard !fields.isEmpty, !numbers.isEmpty else { return }
        let values = fields.map { field in
            field.kind == .references
                ? "array_to_string(\(field.expression), ' ')" : "(\(field.expression))::text"
        }
        let answer = try context.run([
            Statement(
                "select t.id, \(values.joined(separator: ", ")) from \(table.resource.table) as t"
                    + " where t.id = any ($1::bigint[])", parameters: [.integerArray(numbers)])
        ])[0]
        for row in answer {
            for (index, field) in fields.enumerated() {
                present[field.name, default: [:]][try row.integer(0)] = try row.optionalText(1 + index)
            }
        }
    }

    /// Who or what was found, so that somebody can see that it is the right one.
    func title(of id: Int64, _ field: Field) -> String? { records[field.target ?? ""]?[id]?.title }

    // MARK: What a cell means

    /// The number of the row a cell means.
    func one(_ text: String, _ field: Field, in row: CSVFile.Row) -> Result<Int64, FieldFault> {
        let all = candidates(text, field, in: row)
        if all.count == 1, let only = all.first, Self.number(text) == only, !isName(text, field) {
            return .success(only)
        }
        let found = narrowed(all, field, in: row)
        if let only = found.first, found.count == 1 { return .success(only) }
        guard !all.isEmpty else { return .failure(FieldFault(.nobodyCalled(text))) }
        guard !found.isEmpty else {
            let said = places(of: field, in: row).map(\.text).joined(separator: ", ")
            return .failure(FieldFault(.notThere(text.echo, said.echo)))
        }
        return .failure(FieldFault(.severalCalled(text.echo, choices(found, text, field))))
    }

    /// The numbers of the rows a cell lists.
    func several(_ text: String, _ field: Field, in row: CSVFile.Row) -> Result<[Int64], FieldFault> {
        var found: [Int64] = []
        let isPresent = columns.number(row).flatMap { present[field.name]?[$0] } == text
        for item in Self.items(text) {
            switch one(isPresent ? "#\(item)" : item, field, in: row) {
            case .success(let number): if !found.contains(number) { found.append(number) }
            case .failure(let fault): return .failure(fault)
            }
        }
        return .success(found)
    }

    /// What is wrong with a cell that only tells rows apart; nil where it names something.
    func fault(ofPlace text: String, _ field: Field) -> Text? {
        bearers(text, field).isEmpty ? .nobodyCalled(text) : nil
    }

    private func bearers(_ text: String, _ field: Field) -> Set<Int64> {
        let known = records[field.target ?? ""] ?? [:]
        let number = Self.number(text).flatMap { known[$0] == nil ? nil : $0 }
        if text.hasPrefix("#"), Self.number(text) != nil { return Set([number].compactMap(\.self)) }
        let named = named[field.target ?? ""]?[text] ?? []
        guard let number, columns.wired.contains(field.name) else { return named }
        return named.union([number])
    }

    private func isName(_ text: String, _ field: Field) -> Bool {
        !text.hasPrefix("#") && named[field.target ?? ""]?[text] != nil
    }

    /// Those it may mean, wherever they stand.
    private func candidates(_ text: String, _ field: Field, in row: CSVFile.Row) -> Set<Int64> {
        if let id = columns.number(row), present[field.name]?[id] == text, let number = Self.number(text) {
            return [number]
        }
        return bearers(text, field)
    }

    /// Those that stand where the row says.
    private func narrowed(_ all: Set<Int64>, _ field: Field, in row: CSVFile.Row) -> Set<Int64> {
        let known = records[field.target ?? ""] ?? [:]
        return places(of: field, in: row).reduce(all) { found, place in
            found.filter { number in
                known[number]?.places[place.field.target ?? ""].map(place.numbers.contains) ?? true
            }
        }
    }

    /// What else the row says of where a row stands that it names.
    private func places(
        of field: Field, in row: CSVFile.Row
    ) -> [(text: String, field: Field, numbers: Set<Int64>)] {
        (Table.of(field.target)?.places ?? []).compactMap { place in
            guard let said = columns.text(leadingTo: place.field.target, in: row), said.field.name != field.name else {
                return nil
            }
            let numbers = narrowed(candidates(said.text, said.field, in: row), said.field, in: row)
            return numbers.isEmpty ? nil : (said.text, said.field, numbers)
        }
    }

    /// What a person can write to say which is meant.
    private func choices(_ found: Set<Int64>, _ text: String, _ field: Field) -> [String] {
        let titles = found.sorted().map { (number: $0, title: title(of: $0, field) ?? "") }
        return titles.map { number, title in
            let isOnly = titles.count { $0.title == title } == 1
            let isNumber = Self.number(text) == number
            return isNumber ? "#\(number) (\(title))" : isOnly && !title.isEmpty ? title : "#\(number) (\(title))"
        }
    }

    /// Names between commas, semicolons or lines; numbers also between blanks, as an export writes them.
    private static func items(_ text: String) -> [String] {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        if words.allSatisfy({ number($0) != nil }) { return words }
        return text.split { ",;|\n\r\r\n".contains($0) }.map(\.plain).filter { !$0.isEmpty }
    }

    fileprivate static func number(_ text: String) -> Int64? {
        let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
        return digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
            ? WholeNumber.read(digits, in: WholeNumber.identifiers) : nil
    }
}

extension Text {
    fileprivate static func nobodyCalled(_ name: String) -> Text {
        let isNumber = !name.hasPrefix("#") && CSVImportReferences.number(name) != nil
        let (english, spanish) =
            isNumber ? (" An ID is written as #\(name).", " Un ID se escribe así: #\(name).") : ("", "")
        return Text(
            "There is no “\(name.echo)”.\(english)", es: "No existe «\(name.echo)».\(spanish)")
    }

    fileprivate static func notThere(_ name: String, _ place: String) -> Text {
        Text("“\(name)” is not in “\(place)”.", es: "«\(name)» no está en «\(place)».")
    }

    /// - Parameter choices: what can be written instead.
    fileprivate static func severalCalled(_ name: String, _ choices: [String]) -> Text {
        let some = choices.prefix(5)
        let rest = choices.count > some.count ? ", …" : ""
        return Text(
            "“\(name)” can be \(some.joined(separator: " or "))\(rest): write which.",
            es: "«\(name)» puede ser \(some.joined(separator: " o "))\(rest): escriba cuál.")
    }
}
