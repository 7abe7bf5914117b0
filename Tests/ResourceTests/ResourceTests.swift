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
        order: [.ascending("name")],
        permissions: [.list: .signedIn, .read: .signedIn, .create: .roles([Role(rawValue: "ADMIN")])])

    @Test func `only what is permitted has a route`() {
        let table = things.routes.map { "\($0.method.rawValue) \($0.path)" }
        #expect(table == ["GET /api/things/", "POST /api/things/", "GET /api/things/{id}/"])
    }

    @Test func `a field a role may not read is never asked of the database`() {
        #expect(things.rowProjection(for: Self.securityGuard).sql == "t.id, t.name, null")
        #expect(things.listProjection(for: Self.securityGuard).sql == "t.id, t.name")
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

    @Test(arguments: ["0", "-1", "abc", "1.0", "99999999999999999999999"])
    func `a page that is no page is a 404`(page: String) throws {
        let request = try Request(method: "GET", path: "/api/things/", queryString: "page=\(page)")
        let route = try #require(things.routes.first)
        let error = #expect(throws: HTTPError.self) { try route.prepare(request) }
        #expect(error?.status == 404)
    }
}
