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
        let answers = try context.run([
            Statement(
                "select c.heading, c.field from garita.csv_columns as c where c.table_name = $1",
                name: "list_csv_columns", parameters: [.text(table.name)])
        ])
        chosen = Dictionary(
            try answers[0].map { (try $0.text(0), try $0.text(1)) }, uniquingKeysWith: { first, _ in first })
        let names = try table.demanded(context)
        required = table.importFields.filter { $0.isRequired || names.contains($0.name) }
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

extension Table {
    /// Names of the fields that the site demands of new rows, as it has settled (``Field/demandedBy``).
    func demanded(_ context: Context) throws -> Set<String> {
        let demands = resource.fields.filter { $0.demandedBy != nil }
        guard !demands.isEmpty else { return [] }
        let columns = demands.compactMap { $0.demandedBy.map { "s.\($0)" } }
        let sites = try context.run([
            Statement(
                "select \(columns.joined(separator: ", ")) from garita.sites as s"
                    + " where s.id = garita.current_site_id()", name: "demands of \(name)")
        ])[0]
        guard let site = sites.first else { return [] }
        return Set(try demands.enumerated().filter { try site.bool($0.offset) }.map(\.element.name))
    }
}
