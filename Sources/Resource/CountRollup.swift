package import PostgreSQL
package import Web

/// How the rows of a large table are counted from sums, in the newest-first order that sums know.
///
/// The call takes the filters named, in their order, then page (null for the last) and size; it answers `total`,
/// `counted` (rows beyond the sums), `before` and `skip`: where the page begins.
package struct CountRollup: Sendable {
    /// More rows than that beyond the sums, and they are brought up to date.
    private static let slack = 2_000

    private let call: String
    private let filters: [String]
    private let refresh: String
    private let searchedSince: String
    private let until: String
    private let column: String
    private let readers: Access

    /// - Parameters:
    ///   - call: what counts, with `$1` and so on for its values.
    ///   - refresh: what brings the sums up to date.
    ///   - searchedSince: since when rows are looked through for words, with `?` for the value of the filter `until`.
    ///   - column: the time that orders the list.
    ///   - readers: who sees so much that it is worth it.
    package init(
        call: String, filters: [String], refresh: String, searchedSince: String, until: String, column: String,
        for readers: Access
    ) {
        self.call = call
        self.filters = filters
        self.refresh = refresh
        self.searchedSince = searchedSince
        self.until = until
        self.column = column
        self.readers = readers
    }

    /// Whether they know a list with these filters.
    package func supports(_ names: some Sequence<String>, for role: Role) -> Bool {
        readers.admits(role) && names.allSatisfy(filters.contains)
    }

    /// Counts, and remembers for the rows' statement where the page begins.
    func count(_ values: [String: FieldValue], _ page: PageNumber, size: Int64) -> Statement {
        count(values, page: page.number, size: size)
    }

    /// As above; nil is the last page.
    package func count(_ values: [String: FieldValue], page: Int64?, size: Int64) -> Statement {
        let given = filters.map { values[$0]?.parameter ?? .null }
        return Statement(
            "select total, counted, garita.set_page_window(before, skip, since) from \(call)", name: call,
            parameters: given + [.optionalInteger(page), .integer(size)])
    }

    /// Words are looked for in no more rows than a request has time for.
    ///
    /// As a subquery: called in a condition, the function would be called for each row.
    func bound(_ conditions: inout WhereClause, _ values: [String: FieldValue]) {
        conditions.add("\(column) >= (select \(searchedSince))", values[until] ?? .null)
    }

    /// The condition on rows, beside the list's own.
    package var condition: String {
        "\(column) < current_setting('garita.page_before')::timestamptz"
            + " and \(column) >= current_setting('garita.page_since')::timestamptz"
    }

    /// How many rows to leave out before the page.
    package var offset: String { "current_setting('garita.page_skip')::bigint" }

    /// Order terms that no index gives.
    ///
    /// Who sees few rows has an index that finds them; looked for in the order of time, they are far between.
    var unindexedOrder: String { " order by \(column) at time zone 'UTC' desc, t.id desc" }

    /// Whether somebody of this role sees so few rows that they are best found first, and then ordered.
    func prefersFilterFirst(for role: Role) -> Bool { !readers.admits(role) }

    /// Once in a while, after an answer that had to count too much.
    package func refreshIfStale(_ counted: Int64, _ context: Context) throws {
        if counted > Self.slack { _ = try context.run([Statement(refresh)]) }
    }
}
