import JSON
import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// What the rows of other tables are that a file names: by their number, by what people call them, or by what only one
/// row can have, such as a user name.
///
/// Asked once for all rows, with the caller's rights: what the caller may not see is not there.
struct CSVImportReferences {
    /// Numbers of the rows that bear a name, by table and name.
    private var named: [String: [String: [Int64]]] = [:]
    /// Numbers that exist, by table.
    private var numbers: [String: Set<Int64>] = [:]
    /// What people call the rows that were found, by table and number.
    private var titles: [String: [Int64: String]] = [:]
    /// An exported file says numbers.
    private let saysNumbers: Bool

    init(_ columns: CSVImportColumns, _ rows: [CSVFile.Row], _ context: Context) throws {
        saysNumbers = columns.numberColumn != nil
        var texts: [String: Set<String>] = [:]
        for (index, field) in columns.fields.enumerated() {
            guard let field, let target = field.target else { continue }
            for row in rows where index < row.cells.count {
                let text = row.cells[index].plain
                guard !text.isEmpty else { continue }
                texts[target, default: []].formUnion(field.kind == .references ? Self.items(text) : [text])
            }
        }
        let asked = texts.sorted { $0.key < $1.key }
        guard !asked.isEmpty else { return }
        let answers = try context.run(asked.flatMap { Self.questions($0.key, $0.value.sorted()) })
        for (position, (target, _)) in asked.enumerated() {
            for row in answers[2 * position] {
                named[target, default: [:]][try row.text(0), default: []].append(try row.integer(1))
            }
            numbers[target] = Set(try answers[2 * position + 1].map { try $0.integer(0) })
        }
        try readTitles(context)
    }

    private mutating func readTitles(_ context: Context) throws {
        let targets = named.keys.sorted() + numbers.keys.filter { named[$0] == nil }.sorted()
        let known = targets.compactMap { Table.of($0) }
        guard !known.isEmpty else { return }
        let answers = try context.run(
            known.map { table in
                let found = (named[table.resource.table] ?? [:]).values.flatMap(\.self)
                let ids = Set(found).union(numbers[table.resource.table] ?? [])
                return Statement(
                    "select t.id, \(table.choiceTitle) from \(table.resource.table) as t where t.id = any"
                        + " ($1::bigint[])",
                    parameters: [.integerArray(ids.sorted())])
            })
        for (table, rows) in zip(known, answers) {
            titles[table.resource.table] = Dictionary(
                try rows.map { (try $0.integer(0), try $0.optionalText(1) ?? "") },
                uniquingKeysWith: { first, _ in first })
        }
    }

    /// Who or what was found, so that somebody can see that it is the right one.
    func title(of id: Int64, _ field: Field) -> String? { titles[field.target ?? ""]?[id] }

    /// The number of the row a cell means.
    func one(_ text: String, _ field: Field) -> Result<Int64, FieldFault> {
        let target = field.target ?? ""
        let bearers = Set(named[target]?[text] ?? [])
        let number = Self.number(text).flatMap { numbers[target]?.contains($0) == true ? $0 : nil }
        if let number, saysNumbers || text.hasPrefix("#") || bearers.isEmpty || bearers == [number] {
            return .success(number)
        }
        if let only = bearers.first, bearers.count == 1, number == nil { return .success(only) }
        let what = Table.of(target)?.resource.singular ?? field.label
        return .failure(FieldFault(bearers.isEmpty ? .nobodyCalled(text.echo, what) : .severalCalled(text.echo, what)))
    }

    /// The numbers of the rows a cell lists.
    func several(_ text: String, _ field: Field) -> Result<[Int64], FieldFault> {
        var found: [Int64] = []
        for item in Self.items(text) {
            switch one(item, field) {
            case .success(let number): if !found.contains(number) { found.append(number) }
            case .failure(let fault): return .failure(fault)
            }
        }
        return .success(found)
    }

    /// Names between commas, semicolons or lines; numbers also between blanks, as an export writes them.
    private static func items(_ text: String) -> [String] {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        if words.allSatisfy({ number($0) != nil }) { return words }
        return text.split { ",;|\n\r\r\n".contains($0) }.map(\.plain).filter { !$0.isEmpty }
    }

    private static func number(_ text: String) -> Int64? {
        let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
        return digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
            ? WholeNumber.read(digits, in: WholeNumber.identifiers) : nil
    }

    /// Who bears these names, and which of these numbers there are.
    private static func questions(_ target: String, _ texts: [String]) -> [Statement] {
        var names: [String] = []
        if let table = Table.of(target) {
            let unique = table.resource.fields.filter {
                $0.isUnique && $0.kind.isText && $0.kind != .code && $0.readers.admits(.administrator)
            }
            names = [table.admin.title("t")] + unique.map(\.expression)
        }
        let named = """
            select distinct x.name, t.id from unnest($1::text[]) as x (name) join (
            select t.id, n.name from \(target) as t cross join lateral unnest(array[\(names.joined(separator: ", "))]::text[])
            as n (name)) as t on garita.fold(t.name) = garita.fold(x.name)
            """
        return [
            Statement(named, parameters: [.textArray(texts)]),
            Statement(
                "select t.id from \(target) as t where t.id = any ($1::bigint[])",
                parameters: [.integerArray(texts.compactMap(number))]),
        ]
    }
}

extension Text {
    fileprivate static func nobodyCalled(_ name: String, _ what: Text) -> Text {
        Text(
            "\(what.english): there is no “\(name)”, neither as a name nor as a number.",
            es: "\(what.spanish): no existe «\(name)», ni como nombre ni como número.")
    }

    fileprivate static func severalCalled(_ name: String, _ what: Text) -> Text {
        Text(
            "\(what.english): “\(name)” can be several. Enter the number of the right one, such as #12.",
            es: "\(what.spanish): «\(name)» puede ser más de un registro. Escriba el número del correcto, así: #12.")
    }
}
