import Cryptography
import JSON
import PostgreSQL
import Web

/// Where a page of a list begins: sealed, and of use only to the caller, list and order it was made for.
struct Cursor {
    /// The values of the row beside the page (`KeysetPagination`).
    let place: [String?]
    /// The page lies before that row.
    let isReversed: Bool

    init(place: [String?], isReversed: Bool) {
        self.place = place
        self.isReversed = isReversed
    }

    /// - Throws: 404, as the legacy API's framework, for anything but a cursor of ours made for this.
    init(_ text: String, for owner: [UInt8], count: Int, _ keys: AccountKeys) throws(HTTPError) {
        guard text.utf8.count <= 8_192, let sealed = Base64URL.decode(text),
            let opened = try? keys.open(sealed, .cursor, tag: owner),
            case .array(let parts)? = try? JSON(parsing: opened), parts.count == count + 1,
            case .bool(let isReversed) = parts[0]
        else { throw HTTPError(404, .invalidCursor) }
        self.isReversed = isReversed
        place = parts.dropFirst().map { if case .string(let text) = $0 { text } else { nil } }
    }

    func text(for owner: [UInt8], _ keys: AccountKeys) throws -> String {
        let parts = [JSON.bool(isReversed)] + place.map { $0.map { .string($0) } ?? .null }
        return Base64URL.encode(try keys.seal(JSON.array(parts).serialized(), .cursor, tag: owner))
    }
}

/// `GET /api/<table>/?pagination=cursor`: a list from place to place, as long as it may be, without numbers and counts.
///
/// Rows that come and go meanwhile move no page. The shape is that of the legacy API's framework: next, previous, results.
struct ListByCursor {
    private let query: ListQuery
    private let cursor: String?
    private let size: Int64

    /// - Returns: nil for a request that asks for pages by number.
    init?(_ resource: Resource, _ request: Request) throws(HTTPError) {
        cursor = request.queryValue("cursor").flatMap { $0.isEmpty ? nil : $0 }
        guard request.queryValue("pagination") == "cursor" || request.queryValue("cursor") != nil else { return nil }
        query = try ListQuery(resource, request)
        size = PageNumber.size(request)
    }

    func respond(_ context: Context) throws -> Response {
        let caller = try context.requireCaller()
        let order = query.order(for: caller.role)
        let owner = owner(caller, order)
        let keys = context.keys.accounts
        let here = try cursor.map { text throws(HTTPError) in
            try Cursor(text, for: owner, count: order.count + 1, keys)
        }
        let isReversed = here?.isReversed ?? false
        let keyset = KeysetPagination(query.resource, order, isReversed: isReversed)
        let projection = query.resource.listProjection(for: caller.role)
        var conditions = try query.conditions(context)
        if let here { keyset.add(here.place, to: &conditions) }
        let read = query.resource.rowsStatement(
            projection.sql + keyset.columns, conditions, order: keyset.orderBy, limit: size + 1)
        let found = try context.run([read])[0]
        let shown = isReversed ? found.prefix(Int(size)).reversed() : Array(found.prefix(Int(size)))
        let isMore = found.count > size

        /// The address of the page beside this one.
        func link(from row: Row?, isReversed: Bool, _ exists: Bool) throws -> JSON {
            guard exists, let row else { return .null }
            let place = try (0..<keyset.count).map { try row.optionalText(projection.count + $0) }
            let text = try Cursor(place: place, isReversed: isReversed).text(for: owner, keys)
            let items = context.request.query.filter { !["cursor", "page"].contains($0.name) }
            return .string(context.request.link(to: items + [QueryItem("cursor", text)]))
        }
        return .json([
            "next": try link(from: shown.last, isReversed: false, isReversed || isMore),
            "previous": try link(from: shown.first, isReversed: true, isReversed ? isMore : here != nil),
            "results": .array(try shown.map { try projection.json($0, context) }),
        ])
    }

    /// Whom a cursor serves, and for what.
    private func owner(_ caller: Caller, _ order: [Ordering]) -> [UInt8] {
        let terms = order.map { ($0.isDescending ? "-" : "") + $0.field }.joined(separator: ",")
        return Array("\(caller.userID) \(caller.role.rawValue) \(query.resource.path) \(terms)".utf8)
    }
}

extension Text {
    fileprivate static let invalidCursor = Text("Invalid cursor", es: "Cursor no válido")
}
