import PostgreSQL
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
    private let column: String
    private let readers: Access

    /// - Parameters:
    ///   - call: what counts, with `$1` and so on for its values.
    ///   - refresh: what brings the sums up to date.
    ///   - column: the time that orders the list.
    ///   - readers: who sees so much that it is worth it.
    package init(
        call: String, filters: [String], refresh: String, column: String, for readers: Access
    ) {
        self.call = call
        self.filters = filters
        self.refresh = refresh
        self.column = column
        self.readers = readers
    }

    /// Whether they know a list with these filters.
    func supports(_ names: some Sequence<String>, for role: Role) -> Bool {
        readers.admits(role) && names.allSatisfy(filters.contains)
    }

    /// Counts, and keeps for the statement of the rows where the page begins (`garita.set_page_window`).
    ///
    /// - Parameter page: its number; nil for the last.
    func count(_ values: [String: FieldValue], page: Int64?, size: Int64) -> Statement {
        let given = filters.map { values[$0]?.parameter ?? .null }
        return Statement(
            "select total, counted, garita.set_page_window(before, skip, since) from \(call)", name: call,
            parameters: given + [.optionalInteger(page), .integer(size)])
    }

    /// The condition on rows, beside the list's own: what `garita.set_page_window` has kept.
    var condition: String {
        "\(column) < current_setting('garita.page_before')::timestamptz"
            + " and \(column) >= current_setting('garita.page_since')::timestamptz"
    }

    /// SQL for how many rows to leave out before the page.
    var offset: String { "current_setting('garita.page_skip')::bigint" }

    /// An order that no index gives, for somebody of a role that sees so few rows that they are best found first, and then
    /// ordered; nil for the others.
    ///
    /// Who sees few rows has an index that finds them; looked for in the order of time, they are far between.
    func orderAfterFilters(for role: Role) -> String? {
        readers.admits(role) ? nil : " order by \(column) at time zone 'UTC' desc, t.id desc"
    }

    /// Once in a while, after an answer that had to count too much.
    package func refreshIfStale(_ counted: Int64, _ context: Context) throws {
        if counted > Self.slack { _ = try context.run([Statement(refresh)]) }
    }
}
