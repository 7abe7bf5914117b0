import Pages
import PostgreSQL
import Resource
import Spreadsheets
import Vocabulary
import Web

/// Fields of a table as a page shows them: what to select, and the markup of each.
struct FieldColumns {
    /// One of them, and where its value stands in a row.
    struct Cell {
        let field: Field
        /// The table a reference leads to.
        let target: Table?
        let index: Int
        /// Where the name of the table stands whose changes it holds.
        var tableIndex: Int?
    }

    let cells: [Cell]
    /// Two people of a name are told apart, as a page does by a link.
    private let tellsUnits: Bool

    /// - Parameters:
    ///   - names: of the fields, in their order.
    ///   - first: how many columns stand before theirs.
    ///   - tellsUnits: names of people have their unit beside them.
    init(_ table: Table, _ names: [String], after first: Int, tellsUnits: Bool = false) {
        self.tellsUnits = tellsUnits
        var index = first
        var tableIndex: Int?
        cells = names.compactMap(table.resource.listField).filter {
            !$0.isHidden
        }.map { field in
            defer { index += field.kind == .reference ? 2 : 1 }
            if field.namesTable { tableIndex = index }
            return Cell(field: field, target: Table.of(field.target), index: index, tableIndex: tableIndex)
        }
    }

    /// Behind the columns before: `, expression, …`.
    var sql: String {
        cells.map { cell in
            let expression = cell.field.expression
            switch (cell.field.kind, cell.target) {
            case (.reference, let target?) where tellsUnits && target.tellsUnit:
                let title = "(select \(target.choiceTitle) from \(target.resource.table) as t where t.id = it.id)"
                return ", \(expression), (select \(title) from (values (\(expression))) as it (id))"
            case (.reference, let target?):
                return ", \(expression), (select \(target.admin.title("it")) from \(target.resource.table) as it"
                    + " where it.id = \(expression))"
            case (.reference, nil): return ", \(expression), null"
            case (.references, let target?):
                let title = target.admin.title("it")
                return ", (select array_agg(\(title) order by \(title)) from \(target.resource.table) as it"
                    + " where it.id = any ((\(expression))::bigint[]))"
            // Never in clear: a page made by hand shows a code, and that is written down.
            case (.code, _): return ", \(SealedText.masked)"
            default: return ", \(expression)"
            }
        }.joined()
    }
}

extension FieldColumns {
    /// What somebody must know who has the row before them; nil for nothing.
    func alerts(_ row: Row, _ page: PageContext) throws -> HTML? {
        let words = try cells.filter { $0.field.isAlert && !row.isNull($0.index) }.map { cell -> HTML in
            "<p class=\"notice bad\" role=\"alert\"><strong>\(page.localized(cell.field.label)):</strong> \(try cell.html(row, page))</p>\n"
        }
        return words.isEmpty ? nil : "\(words)"
    }
}

extension FieldColumns.Cell {
    func html(_ row: Row, _ page: PageContext, _ path: String = "") throws -> HTML {
        guard !row.isNull(index) else {
            return field.emptyMeaning.map { HTML(page.localized($0)) } ?? Self.nothing(page)
        }
        switch field.kind {
        case .words, .texts, .references: return HTML(try words(row, page))
        case .integer, .decimal: return HTML(try words(row, page))
        case .boolean:
            let isOn = try row.bool(index)
            // One element: cards on a phone lay out what stands in a cell side by side.
            return "<span>\(isOn ? Icon.done : Icon.off)\(page.localized(isOn ? .yes : .no))</span>"
        case .reference: return try reference(row, page)
        case .timestamp: return SiteTime(try row.text(index)).html(page, showsSeconds: field.showsSeconds)
        case .date: return Day(try row.text(index)).html(page)
        case .time: return "<time>\(try row.text(index).prefix(5))</time>"
        case .choice: return try choice(row, page)
        case .code: return "<span class=\"code\">\(try row.text(index))</span>"
        case .photo: return photo(try row.text(index), page, path)
        case .json where tableIndex == nil:
            return PlainObject(try row.text(index)).html(field, page) ?? Self.nothing(page)
        case .json:
            return try changes(row).html(try row.text(index), page)
        case .text, .email, .phone:
            let words = try words(row, page)
            return words.isEmpty ? Self.nothing(page) : HTML(words)
        }
    }

    /// As a workbook has it: numbers, days and times are such, all else is in words.
    ///
    /// - Parameter address: of the row's page, with scheme and host.
    func sheetCell(_ row: Row, _ page: PageContext, _ address: String) throws -> SheetCell {
        guard !row.isNull(index) else { return field.emptyMeaning.map { .text(page.localized($0)) } ?? .empty }
        switch field.kind {
        case .integer where field.flags.isEmpty: return .whole(try row.integer(index))
        case .decimal:
            let text = try row.text(index)
            return Double(text).map { .number($0) } ?? .text(text)
        case .date: return .date(try row.text(index))
        case .time: return .clock(try row.text(index))
        case .timestamp: return .moment(try row.text(index))
        case .photo:
            return try row.text(index).isEmpty || field.column == nil ? .empty : .text("\(address)photo/")
        default:
            let words = try words(row, page)
            return words.isEmpty ? .empty : .text(words)
        }
    }

    /// What a person reads of it; empty for nothing.
    ///
    /// - Precondition: it is not null, and neither a day, a time nor a picture.
    private func words(_ row: Row, _ page: PageContext) throws -> String {
        switch field.kind {
        case .boolean: page.localized(try row.bool(index) ? .yes : .no)
        case .reference: try row.optionalText(index + 1) ?? "#\(try row.integer(index))"
        case .words, .texts: try row.textArray(index).map { field.word(for: $0, page) }.joined(separator: ", ")
        case .references: try row.textArray(index).joined(separator: ", ")
        case .json where tableIndex == nil: PlainObject(try row.text(index)).words(field, page)
        case .json: try changes(row).words(try row.text(index), page)
        case .integer where !field.flags.isEmpty: field.flags(in: try row.integer(index), page)
        default:
            field.namesTable
                ? page.localized(AuditWords.table(try row.text(index))) : field.word(for: try row.text(index), page)
        }
    }

    private func changes(_ row: Row) throws -> AuditDiff {
        AuditDiff(resource: AuditWords.resource(try tableIndex.flatMap { try row.optionalText($0) } ?? ""))
    }

    /// A dash, and words for who does not see it.
    static func nothing(_ page: PageContext) -> HTML {
        "<span class=\"quiet\"><span aria-hidden=\"true\">–</span><span class=\"unseen\">\(page.localized(.nothing))</span></span>"
    }

    private func reference(_ row: Row, _ page: PageContext) throws -> HTML {
        let title = try words(row, page)
        guard let target else { return HTML(title) }
        return "<a href=\"\(target.path(of: try row.integer(index)))\">\(title)</a>"
    }

    private func choice(_ row: Row, _ page: PageContext) throws -> HTML {
        let value = try row.text(index)
        return field.choice(value)?.badge(page) ?? "<span class=\"badge\">\(value)</span>"
    }

    private func photo(_ address: String, _ page: PageContext, _ path: String) -> HTML {
        guard !address.isEmpty, !path.isEmpty, field.column != nil else { return Self.nothing(page) }
        return
            "<img class=\"photo\" src=\"\(path)photo/\" alt=\"\(page.localized(field.label))\" width=\"96\" height=\"96\">"
    }
}

extension Field {
    /// The words of the bits that are set.
    func flags(in sum: Int64, _ page: PageContext) -> String {
        flags.enumerated().filter { sum & (1 << $0.offset) != 0 }.map { page.localized($0.element) }
            .joined(separator: ", ")
    }

    /// What a person calls a value: a choice has a word of its own.
    func word(for value: String, _ page: PageContext) -> String {
        (choice(value)?.label ?? wording?(value)).map(page.localized) ?? value
    }
}

extension FieldChoice {
    /// Its word, in the colour of what it says.
    func badge(_ page: PageContext) -> HTML {
        let mark: HTML? =
            switch tone {
            case .good: " good"
            case .bad: " bad"
            case .neutral: nil
            }
        return "<span class=\"badge\(mark)\">\(page.localized(label))</span>"
    }
}

extension Text {
    static let yes = Text("Yes", es: "Sí")
    static let no = Text("No", es: "No")
    static let nothing = Text("nothing", es: "nada")
}
