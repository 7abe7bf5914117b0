import PostgreSQL

/// A table whose rows link this one to many of another.
package struct Links: Sendable {
    let table: String
    /// The column that names the row of the resource.
    let owner: String
    /// The column that names the row it is linked to.
    let member: String

    /// The table between, with its schema, and its two columns.
    package init(table: String, owner: String, member: String) {
        self.table = table
        self.owner = owner
        self.member = member
    }

    /// Makes the links of the row just remembered exactly these; of no row, when there was none to remember.
    func replace(with numbers: [Int64]) -> [Statement] {
        [
            Statement(
                "delete from \(table) where \(owner) = garita.saved_id() and \(member) <> all ($1::bigint[])"
                    + " returning true",
                parameters: [.integerArray(numbers)]),
            Statement(
                "insert into \(table) (\(owner), \(member)) select garita.saved_id(), n from unnest($1::bigint[]) n"
                    + " where garita.saved_id() is not null on conflict do nothing"
                    + " returning true",
                parameters: [.integerArray(numbers)]),
        ]
    }
}
