package import PostgreSQL
package import Web

/// One page of a list as the database is asked for it: how many rows there are, and the rows of the page.
///
/// Both travel in one round trip.
package struct ListStatements {
    /// Answers one row: how many rows there are, and of a rollup how many it had to count itself.
    package let count: Statement
    /// Answers the columns asked for.
    package let rows: Statement
    /// Whether the count is exact, however large; else it stops at a limit, or is null where it would take long to know.
    package let isExact: Bool
    /// The rollup that the count comes from; nil where each row is counted.
    fileprivate let rollup: CountRollup?

    /// How many rows there are.
    package func total(_ answer: Rows) throws -> Int64? { try answer.single().optionalInteger(0) }

    /// Whether no row behind the page is read: the count tells whether there is one.
    package var readsPageOnly: Bool { rollup != nil }

    /// Brings the rollup up to date, once in a while, after an answer that had to count too much.
    ///
    /// - Parameter answer: to ``count``.
    package func refreshIfStale(_ answer: Rows, _ context: Context) throws {
        try rollup?.refreshIfStale(try answer.single().integer(1), context)
    }
}

/// Which page of a list is asked for, and how exactly its rows are counted.
package struct ListWindow: Sendable {
    let page: PageNumber
    let size: Int64
    /// Rows are counted up to here, and one row behind the page is read, which tells whether there are more; nil: exactly.
    let most: Int64?

    /// Every row is counted.
    init(_ page: PageNumber, size: Int64) {
        self.page = page
        self.size = size
        most = nil
    }

    /// - Parameter most: rows are counted up to here.
    package init(page: Int64, size: Int64, countingUpTo most: Int64) {
        self.page = .number(page)
        self.size = size
        self.most = most
    }
}

extension ListQuery {
    /// What asks for one page of the list.
    ///
    /// What a search finds by an index is asked for here, in a round trip of its own.
    ///
    /// - Parameters:
    ///   - columns: what stands behind `select`, over the alias `t`.
    ///   - isPrepared: the plain list is prepared once per connection, for each role: a plan made under the policies of
    ///     one role is thrown away when another comes. What is filtered or leafed through is too various to be kept.
    package func statements(
        _ columns: String, _ window: ListWindow, isPrepared: Bool = false, _ context: Context
    ) throws -> ListStatements {
        let role = try context.requireCaller().role
        var conditions = try conditions(context)
        let order = order(for: role)
        let sorted = resource.orderBy(order)
        let rollup = order == resource.list.order ? resource.list.counting.rollup : nil

        func name(_ part: String, if isPlain: Bool = true) -> String? {
            isPrepared && isPlain && conditions.parameters.isEmpty ? "\(part) \(resource.model) \(role.rawValue)" : nil
        }
        if let rollup, !isSearch, rollup.supports(values.keys, for: role) {
            conditions.add(rollup.condition)
            let rows = resource.rowsStatement(
                columns, conditions, order: sorted, limit: window.size, offset: rollup.offset, name: name("sums"))
            let count = rollup.count(values, page: window.page.number, size: window.size)
            return ListStatements(count: count, rows: rows, isExact: true, rollup: rollup)
        }
        let (count, isExact) = countStatement(conditions, window, for: role, name: name("count"))
        let rows = resource.rowsStatement(
            columns, conditions, order: rollup?.orderAfterFilters(for: role) ?? sorted,
            limit: window.size + (window.most == nil ? 0 : 1),
            offset: window.page.offset(size: window.size, count: count.sql),
            name: name("page", if: window.page == .number(1)))
        return ListStatements(count: count, rows: rows, isExact: isExact, rollup: nil)
    }

    /// Whether a filter leaves so few rows of a large table, or looks at so few, that a page counts them.
    private var isQuicklyCounted: Bool {
        guard !isSearch, let bound = resource.list.search.bound else { return false }
        return (bound.narrowedBy + bound.bounded).contains { values[$0] != nil }
    }

    /// What counts the rows of the list, and whether the number is exact.
    private func countStatement(
        _ conditions: WhereClause, _ window: ListWindow, for role: Role, name: String?
    ) -> (Statement, isExact: Bool) {
        let counting = resource.list.counting
        if conditions.isEmpty, counting.keepsCount(for: role) {
            return (Statement("select garita.row_count('\(resource.tableName)')", name: name), true)
        }
        guard let most = window.most else {
            return (resource.rowsStatement("count(*)", conditions, name: name), true)
        }
        if counting.rollup != nil, !isQuicklyCounted { return (Statement("select null::bigint"), false) }
        return (resource.countStatement(conditions, upTo: most), false)
    }
}
