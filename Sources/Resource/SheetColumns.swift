package import PostgreSQL
package import Spreadsheets
package import Web

/// Who reads a file that a page hands out, and what a workbook shows them.
package struct FileReader {
    /// Of the page.
    let language: Language
    /// Of a workbook.
    let columns: SheetColumns

    /// As the properties say.
    package init(_ language: Language, _ columns: SheetColumns) {
        self.language = language
        self.columns = columns
    }
}

/// The columns of a workbook.
package struct SheetColumns {
    /// The first row.
    let headings: [String]
    /// What stands between `select` and `from`, over the alias `t`.
    let sql: String
    /// A row as cells, one below each heading.
    let cells: (Row) throws -> [SheetCell]

    /// As the properties say.
    package init(headings: [String], sql: String, cells: @escaping (Row) throws -> [SheetCell]) {
        self.headings = headings
        self.sql = sql
        self.cells = cells
    }
}
