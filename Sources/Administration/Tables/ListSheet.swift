import Pages
import PostgreSQL
import Resource
import Spreadsheets
import Web

/// What a workbook shows of the rows of a list, for people: the columns of the list, then what else a row's page shows.
struct ListSheet {
    private let table: Table
    private let cells: FieldColumns

    init(_ table: Table) {
        self.table = table
        cells = FieldColumns(table, Self.names(table), after: 1, tellsUnits: true)
    }

    /// Names of the fields.
    ///
    /// Of two with one label, a name and the reference it stands for, one column is enough: the reference where it tells
    /// the unit too. What a page warns of is looked up row by row, which takes too long for all.
    private static func names(_ table: Table) -> [String] {
        var kept: [Field] = []
        let names = table.admin.columns + table.admin.fieldsets.flatMap(\.fields)
        for field in names.compactMap(table.resource.listField) where !field.isAlert {
            guard let place = kept.firstIndex(where: { $0.label.english == field.label.english }) else {
                kept.append(field)
                continue
            }
            if Table.of(field.target)?.tellsUnit == true { kept[place] = field }
        }
        return kept.map(\.name)
    }

    func columns(_ page: PageContext) -> SheetColumns {
        SheetColumns(
            headings: cells.cells.map { page.localized($0.field.label) }, sql: "t.id\(cells.sql)"
        ) { row in
            let address = page.context.request.origin + table.path(of: try row.integer(0))
            return try cells.cells.map { try $0.sheetCell(row, page, address) }
        }
    }
}

extension Table {
    /// The rows of a list as a file, for who has its page before them.
    func export(_ query: ListQuery, as file: ListFile, _ page: PageContext) throws -> Response {
        let reader = FileReader(page.layout.language, ListSheet(self).columns(page))
        return try ExportRows(query, as: file, for: reader).respond(page.context)
    }

    /// What a file about its rows is called in the reader's language, without an ending: `residentes`, `tarjetas y NIP`.
    func fileName(_ page: PageContext) -> String {
        let words = page.localized(resource.plural)
        return words.prefix(1).lowercased() + words.dropFirst()
    }
}
