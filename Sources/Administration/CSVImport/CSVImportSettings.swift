import PostgreSQL
import Resource
import Web

/// What a site has decided about files of a table: which field a column is, and what new rows must have.
struct CSVImportSettings {
    /// Names of fields by the keys of headings (``CSVHeading``); empty for a column that is not imported.
    let chosen: [String: String]
    /// What a new row must have, by its declaration or because the site demands it.
    let required: [Field]

    init(_ table: Table, _ context: Context) throws {
        let columns = Statement(
            "select c.heading, c.field from garita.csv_columns as c where c.table_name = $1", name: "list_csv_columns",
            parameters: [.text(table.name)])
        let answers = try context.run([columns] + table.demandStatements)
        chosen = try Self.chosen(answers[0])
        let names = try table.demanded(answers[1...])
        required = table.importFields.filter { $0.isRequired || names.contains($0.name) }
    }

    /// Without what new rows must have.
    ///
    /// - Parameter answer: to ``statement(ofImport:)``.
    init(_ answer: Rows) throws {
        chosen = try Self.chosen(answer)
        required = []
    }

    /// Asks what columns are of the table that a file is for.
    static func statement(ofImport id: Int64) -> Statement {
        Statement(
            "select c.heading, c.field from garita.csv_columns as c join garita.csv_imports as u"
                + " on u.table_name = c.table_name where u.id = $1", name: "csv_columns of import",
            parameters: [.integer(id)])
    }

    private static func chosen(_ rows: Rows) throws -> [String: String] {
        Dictionary(
            try rows.map { (try $0.text(0), try $0.text(1)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Remembers what the columns of a file are.
    ///
    /// - Parameter fields: names of fields by the keys of headings.
    static func remember(_ fields: [(key: String, field: String)], of table: Table) -> Statement {
        Statement(
            "insert into garita.csv_columns (table_name, heading, field) select $1, h, f from unnest($2::text[], $3::text[])"
                + " as x (h, f) on conflict (site_id, table_name, heading) do update set field = excluded.field",
            name: "remember_csv_columns",
            parameters: [.text(table.name), .textArray(fields.map(\.key)), .textArray(fields.map(\.field))])
    }
}
