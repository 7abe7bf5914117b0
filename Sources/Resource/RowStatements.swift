package import PostgreSQL
package import Web

/// Which row of a table is meant.
package struct RowKey {
    fileprivate let condition: String
    fileprivate let parameters: [Parameter]
    /// Tells apart, by their names, the statements that find a row in several ways.
    package let word: String

    /// The row of that number.
    package static func number(_ id: Int64) -> RowKey { RowKey("t.id = $1", [.integer(id)], "row") }

    /// The row that a statement before has named in this transaction (`garita.set_saved_id`).
    package static let saved = RowKey("t.id = garita.saved_id()", [], "saved row")

    /// The row of that number, if it is the one named: a gate device sees no other gate than its own.
    static func saved(_ id: Int64) -> RowKey {
        RowKey("t.id = $1 and t.id = garita.saved_id()", [.integer(id)], "row of a device")
    }

    private init(_ condition: String, _ parameters: [Parameter], _ word: String) {
        self.condition = condition
        self.parameters = parameters
        self.word = word
    }

    /// - Parameters:
    ///   - sql: an expression that gives its number.
    ///   - word: what no other expression is called.
    package init(_ sql: String, _ word: String) { self.init("t.id = \(sql)", [], word) }
}

/// The one place that writes the SQL which reads rows of a declared table; `t` is the alias of the table in all of it.
extension Resource {
    /// Reads one row.
    ///
    /// - Parameters:
    ///   - columns: what stands behind `select`.
    ///   - name: under which the statement is prepared; nil for one that is run rarely.
    ///   - isLocked: nobody else changes the row until the end of the transaction.
    package func rowStatement(
        _ columns: String, _ key: RowKey, name: String? = nil, isLocked: Bool = false
    ) -> Statement {
        let lock = isLocked ? " for no key update of t" : ""
        return Statement(
            "select \(columns) from \(table) as t where \(key.condition)\(lock)", name: name,
            parameters: key.parameters)
    }

    /// Reads one row as the API shows it to a role (`rowProjection`).
    ///
    /// Prepared for each role: a plan made under the policies of one role is thrown away when another comes.
    package func rowStatement(_ key: RowKey, for role: Role, isLocked: Bool = false) -> Statement {
        rowStatement(
            rowProjection(for: role).sql, key,
            name: "\(isLocked ? "locked " : "")\(key.word) \(model) \(role.rawValue)", isLocked: isLocked)
    }

    /// Names a row for the statements behind this one (`RowKey.saved`); none, where the caller does not see it.
    func saveStatement(_ id: Int64) -> Statement {
        rowStatement("garita.set_saved_id(t.id)", .number(id))
    }

    /// Reads the rows that meet some conditions.
    ///
    /// - Parameters:
    ///   - columns: what stands behind `select`.
    ///   - order: ` order by …` (`orderBy`), or nothing.
    ///   - limit: how many rows at most; nil for all.
    ///   - offset: SQL for how many rows are left out first; nil for none.
    ///   - name: under which the statement is prepared; nil for one that is run rarely or in many forms.
    package func rowsStatement(
        _ columns: String, _ conditions: WhereClause = WhereClause(), order: String = "", limit: Int64? = nil,
        offset: String? = nil, name: String? = nil
    ) -> Statement {
        let most = limit.map { " limit \($0)" } ?? ""
        let first = offset.map { " offset \($0)" } ?? ""
        return Statement(
            "select \(columns) from \(table) as t\(conditions.sql)\(order)\(most)\(first)", name: name,
            parameters: conditions.parameters)
    }

    /// Reads the numbers of those of these rows that there are.
    package func existingStatement(_ ids: [Int64]) -> Statement {
        var conditions = WhereClause()
        conditions.add("t.id = any (?::bigint[])", .integers(ids))
        return rowsStatement("t.id", conditions)
    }

    /// Counts the rows that meet some conditions; beyond `most` it says one more than that.
    package func countStatement(_ conditions: WhereClause, upTo most: Int64) -> Statement {
        let some = rowsStatement("1", conditions, limit: most + 1)
        return Statement("select count(*) from (\(some.sql)) as found", parameters: some.parameters)
    }

    /// ` order by …`, the row's number last, so that equal rows never change places between pages.
    package func orderBy(_ terms: [Ordering]) -> String {
        KeysetPagination(self, terms, isReversed: false).orderBy
    }
}
