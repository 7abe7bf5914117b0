import PostgreSQL
import Resource

extension Table {
    private var demands: [Field] { resource.fields.filter { $0.demandedBy != nil } }

    /// Asks what a site demands of new rows (``Field/demandedBy``): one statement, or none where it has no say.
    var demandStatements: [Statement] {
        let columns = demands.compactMap { $0.demandedBy.map { "s.\($0)" } }
        guard !columns.isEmpty else { return [] }
        return [
            Statement(
                "select \(columns.joined(separator: ", ")) from garita.sites as s where s.id = garita.current_site_id()",
                name: "demands of \(resource.tableName)")
        ]
    }

    /// Names of the fields that the site demands of new rows.
    ///
    /// - Parameter answers: to ``demandStatements``.
    func demanded(_ answers: ArraySlice<Rows>) throws -> Set<String> {
        guard let site = answers.first?.first else { return [] }
        return Set(try demands.enumerated().filter { try site.bool($0.offset) }.map(\.element.name))
    }
}
