import JSON
import PostgreSQL
package import Web

/// `GET /api/<table>/?format=csv`: every row of a filter, as a file for a spreadsheet.
///
/// The rows are read and sent piece by piece, so that a million of them take no more memory than a page. They are all
/// of one moment. Codes are masked whoever asks: a file of live codes would open gates.
///
/// - SQL: `api.begin_export` (sql/functions/resource/begin_export.sql).
package struct ExportRows {
    private static let rowsAtOnce = 500
    private let query: ListQuery

    /// - Returns: nil for a request that wants another form, and for tables that are not exported.
    init?(_ resource: Resource, _ request: Request) throws(HTTPError) {
        guard request.wantsCSV, resource.permissions[.export] != nil else { return nil }
        self.init(try ListQuery(resource, request))
    }

    /// What a list shows, all of its pages.
    package init(_ query: ListQuery) { self.query = query }

    /// - Throws: 403 for a role that may not export.
    package func respond(_ context: Context) throws -> Response {
        let role = try context.requireCaller().role
        guard let access = query.resource.permissions[.export], access.admits(role) else { throw HTTPError.forbidden }
        let name = query.resource.path.split(separator: "/").last ?? "export"
        return .csv(named: name) { write in try produce(context, role, write) }
    }

    private func produce(_ context: Context, _ role: Role, _ write: ([UInt8]) throws -> Void) throws {
        // The lock belongs to the connection, not to a transaction.
        defer { _ = try? context.database.run(Statement("select pg_catalog.pg_advisory_unlock_all()")) }
        // Committed before the first byte leaves: whatever becomes of the rest, it is known who asked for what.
        guard try context.run([begin(context.request)])[0].single().bool(0) else {
            throw HTTPError.throttled(seconds: 5)
        }
        let projection = query.resource.exportProjection(for: role)
        try context.transaction { context in
            _ = try context.run([declare(projection, role, query.conditions(context))])
            let mark = context.request.isFromBrowser ? CSV.byteOrderMark : []
            var piece = mark + CSV.line(projection.names).utf8
            var isMore = true
            while isMore {
                let rows = try context.run([Statement("fetch \(Self.rowsAtOnce) from garita_export")])[0]
                for row in rows { piece += try CSV.line(projection.cells(row, context)).utf8 }
                isMore = rows.count == Self.rowsAtOnce
                try write(piece)
                piece.removeAll(keepingCapacity: true)
            }
        }
    }

    private func declare(_ projection: Projection, _ role: Role, _ conditions: WhereClause) -> Statement {
        let rows = query.resource.rowsStatement(
            projection.sql, conditions, order: query.resource.orderBy(query.order(for: role)))
        return Statement("declare garita_export no scroll cursor for \(rows.sql)", parameters: rows.parameters)
    }

    /// What is written down: the filters asked for; of words to look for, which are mostly names, only that there were.
    private func begin(_ request: Request) -> Statement {
        var asked = query.resource.list.filters.compactMap { filter in
            request.queryValue(filter.name).map { JSON.Member(name: filter.name, value: [.null, .string($0)]) }
        }
        if query.isSearch { asked.append(.init(name: "search", value: [.null, "***"])) }
        return Statement(
            "select api.begin_export($1, $2)", name: "begin_export",
            parameters: [
                .text(query.resource.tableName),
                .text(String(decoding: JSON.object(asked).serialized(), as: UTF8.self)),
            ])
    }
}

extension Projection {
    /// One row as cells, in the order of ``names``.
    fileprivate func cells(_ row: Row, _ context: Context) throws -> [String] {
        try values(row, context).map { value, kind in
            switch value {
            case .null: ""
            case .bool(let bool): bool ? "true" : "false"
            case .integer(let number): String(number)
            case .string(let text): kind == .decimal ? text : CSV.text(text)
            case .array(let items): CSV.text(items.map(Self.word).joined(separator: " "))
            default: CSV.text(String(decoding: value.serialized(), as: UTF8.self))
            }
        }
    }

    private static func word(_ item: JSON) -> String {
        if case .string(let text) = item { text } else { String(decoding: item.serialized(), as: UTF8.self) }
    }
}
