import PostgreSQL
import Resource
import Testing
import Web

@Suite("A declared table")
struct ResourceTests {
    private static let securityGuard = Role(rawValue: "GUARD")
    private let things = Resource(
        path: "/api/things/", model: "Thing", table: "garita.things",
        singular: Text("Thing", es: "Cosa"), plural: Text("Things", es: "Cosas"),
        fields: [
            .id,
            .stored("name", .text(maximum: 10), Text("Name", es: "Nombre")).required(),
            .stored("secret", .text(maximum: 10), Text("Secret", es: "Secreto")).read(by: .roles([])).detailOnly(),
        ],
        list: ListOptions(
            order: [.ascending("name")]),
        permissions: [.list: .signedIn, .read: .signedIn, .create: .roles([Role(rawValue: "ADMIN")])])

    @Test func `only what is permitted has a route`() {
        let table = things.routes.map { "\($0.method.rawValue) \($0.path)" }
        #expect(table == ["GET /api/things/", "POST /api/things/", "GET /api/things/{id}/"])
    }

    @Test func `a field a role may not read is never asked of the database`() {
        #expect(things.rowProjection(for: Self.securityGuard).sql == "t.id, t.name, null")
        #expect(things.listProjection(for: Self.securityGuard).sql == "t.id, t.name")
    }

    @Test func `one row is read by a statement with a name for each role`() {
        let read = things.rowStatement(.number(7), for: Self.securityGuard)
        #expect(read.sql == "select t.id, t.name, null from garita.things as t where t.id = $1")
        #expect(read.name == "row Thing GUARD")
        let written = things.rowStatement("t.id", .saved, name: "x", isLocked: true)
        #expect(
            written.sql == "select t.id from garita.things as t where t.id = garita.saved_id() for no key update of t")
        #expect(things.rowStatement("1", RowKey("now()", "now"), name: "x").sql.hasSuffix(" where t.id = now()"))
    }

    @Test func `rows are read by conditions, order and place`() throws {
        var conditions = WhereClause()
        _ = try Filter.equals("name", "t.name", .text(maximum: nil)).add("a", to: &conditions)
        let read = things.rowsStatement(
            "t.id", conditions, order: things.orderBy([.descending("name")]), limit: 5, offset: "10")
        #expect(
            read.sql
                == "select t.id from garita.things as t where (t.name = $1) order by t.name desc, t.id desc limit 5 offset 10"
        )
        #expect(read.name == nil && read.parameters.count == 1)
        #expect(things.rowsStatement("t.id").sql == "select t.id from garita.things as t")
        #expect(
            things.countStatement(conditions, upTo: 9).sql
                == "select count(*) from (select 1 from garita.things as t where (t.name = $1) limit 10) as found")
    }

    private func table(
        _ slug: String, filters: [Filter] = [], columns: [String] = [], related: [AdminOptions.Related] = []
    )
        -> Resource
    {
        Resource(
            path: "/api/\(slug)/", model: slug, table: "garita.\(slug)", singular: Text(slug, es: slug),
            plural: Text(slug, es: slug), fields: [.id], list: ListOptions(filters: filters), permissions: [:],
            admin: AdminOptions(
                slug: slug, section: .people, title: { $0 }, columns: columns, fieldsets: [], related: related))
    }

    @Test func `a declaration that names what is not there does not start`() async {
        let homes = table(
            "homes", columns: ["id", "color"],
            related: [
                .init("people", by: "home"), .init("people", by: "id", adding: "home"), .init("dogs", by: "home"),
            ])
        let people = table("people", filters: [.equals("id", "t.id", .reference)])
        #expect(
            Resource.faults(in: [homes, people]) == [
                "homes: there is no field color", "homes: its related list people has no filter home",
                "homes: its related list people has no field home to fill in",
                "homes: its related list dogs is no table with pages",
            ])
        #expect(Resource.faults(in: [people]) == [])
        let ended = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            Declarations.require(["homes: there is no field color"])
        }
        let said = String(decoding: ended?.standardErrorContent ?? [], as: UTF8.self)
        #expect(said.contains("do not fit together:\nhomes: there is no field color"))
    }

    @Test func `a choice is declared with its words`() {
        let inside = FieldChoice(
            "IN", Text("Inside", es: "Dentro"), legacy: Text("Checked In", es: "Entró"), tone: .good)
        let field = Field.choice("state", Text("State", es: "Estado"), [inside])
        #expect(field.kind == .choice(["IN"]))
        #expect(inside.words == ["IN", "Inside", "Dentro", "Checked In", "Entró"])
        #expect(FieldChoice("X", inside.label).legacyLabel == inside.label)
        // The document of the API promises no list, and people have words all the same.
        let open = Field.choice("state", Text("State", es: "Estado"), [inside], isOpen: true)
        #expect(open.kind == .choice([]) && open.choices.map(\.value) == ["IN"])
    }

    @Test func `who names the last day means all of it`() {
        let plain = Filter.condition("until", .timestamp, "t.at <= ?")
        #expect(plain.meaning(of: "2026-12-05") == "2026-12-05")
        #expect(plain.throughTheDay().meaning(of: "2026-12-05") == "2026-12-05T23:59:59.999999")
        #expect(plain.throughTheDay().meaning(of: "2026-12-05T10:00") == "2026-12-05T10:00")
    }

    @Test(arguments: ["0", "-1", "abc", "1.0", "99999999999999999999999"])
    func `a page that is no page is a 404`(page: String) throws {
        let request = try Request(method: "GET", path: "/api/things/", queryString: "page=\(page)")
        let route = try #require(things.routes.first)
        let error = #expect(throws: HTTPError.self) { try route.prepare(request) }
        #expect(error?.status == 404)
    }
}
