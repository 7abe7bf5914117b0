import Pages
import PostgreSQL
import Web

/// `/home/waiting/`: the numbers of the visits that wait, for the script of the first page (web/static/home.js).
struct ShowWaiting: PageHandler {
    /// Policies show no other home's.
    private static let statement = Statement(
        "select coalesce(string_agg(v.id::text, ' ' order by v.id), '') from garita.visitors as v"
            + " where v.status = 'PENDING' and v.expected_date >= current_date - 1"
            + " and v.unit_id = any (garita.current_unit_ids())", name: "who waits for a home")

    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response {
        let waiting = try page.context.run([Self.statement])[0].single().text(0)
        return Response(
            200, headers: [Header("Content-Type", "text/plain; charset=utf-8")], body: Array(waiting.utf8))
    }
}
