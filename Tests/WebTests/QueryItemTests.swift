import Testing
import Web

@Suite("Query strings")
struct QueryItemTests {
    @Test func `names and values are decoded, a plus is a blank`() throws {
        let items = try QueryItem.parse("search=Juan+P%C3%A9rez&page=2&flag&empty=")
        #expect(items == [.init("search", "Juan Pérez"), .init("page", "2"), .init("flag", ""), .init("empty", "")])
    }

    @Test func `a percent sign without digits stays itself`() throws {
        #expect(try QueryItem.parse("a=100%&b=%zz&c=%4") == [.init("a", "100%"), .init("b", "%zz"), .init("c", "%4")])
    }

    @Test(arguments: ["search=ab%00cd", "search=%ff%fe", "%00=1", "a=%C3"])
    func `a NUL or broken UTF-8 is a 400`(query: String) {
        let error = #expect(throws: HTTPError.self) { try QueryItem.parse(query) }
        #expect(error?.status == 400)
    }

    @Test func `links escape as the legacy API does`() {
        let items = [QueryItem("date_from", "2026-01-01T00:00:00Z"), QueryItem("search", "a b&ñ")]
        #expect(QueryItem.encode(items) == "date_from=2026-01-01T00%3A00%3A00Z&search=a+b%26%C3%B1")
    }
}
