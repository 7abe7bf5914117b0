import Testing
import Web

@Suite("The route table")
struct RouterTests {
    private let router = Router([
        route(.get, "/api/visitors/"), route(.post, "/api/visitors/"), route(.get, "/api/visitors/{id}/"),
        route(.post, "/api/visitors/generate_code/"), route(.get, "/api/codes/{id}/qr.png"),
    ])

    @Test func `a fixed path wins over one with a number`() {
        #expect(paths("/api/visitors/generate_code/") == ["/api/visitors/generate_code/"])
        #expect(paths("/api/visitors/7/") == ["/api/visitors/{id}/"])
    }

    @Test func `all methods of a path are found together`() {
        #expect(paths("/api/visitors/").count == 2)
    }

    @Test func `what stands in braces is captured`() {
        guard case .found(_, let captures) = router.match("/api/codes/12/qr.png") else {
            Issue.record("not found")
            return
        }
        #expect(captures == ["id": "12"])
    }

    @Test(arguments: ["/api/visitors", "/api/visitors/7"])
    func `a missing slash is told from an unknown path`(path: String) {
        guard case .needsSlash = router.match(path) else {
            Issue.record("no slash wanted for \(path)")
            return
        }
    }

    @Test(arguments: ["/api/", "/api/visitors//", "/api/visitors/7/8/", "/API/visitors/", "", "/api/codes//qr.png"])
    func `anything else is unknown`(path: String) {
        guard case .unknown = router.match(path) else {
            Issue.record("\(path) was found")
            return
        }
    }

    private func paths(_ path: String) -> [String] {
        if case .found(let found, _) = router.match(path) { found.routes.map(\.path) } else { [] }
    }
}

private func route(_ method: Web.Method, _ path: String) -> Route {
    Route(method, path, for: .anyone, named: path) { _ throws(HTTPError) in { _ in .noContent } }
}
