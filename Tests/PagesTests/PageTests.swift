import Pages
import Testing
import Web

@Suite("Pages: cookies and ways on")
struct PageTests {
    private func request(_ origin: String, cookie: String = "") throws -> Request {
        try Request(method: "GET", path: "/account/", parameters: ["SITE_ORIGIN": origin, "HTTP_COOKIE": cookie])
    }

    @Test(arguments: ["https://garita.example.org", "https://localhost:8443", "http://garita.example.org", ""])
    func `a cookie travels over TLS only, for this host alone`(origin: String) throws {
        let line = try PageCookie.session.line("x", for: request(origin))
        #expect(line == Header("Set-Cookie", "__Host-garita_session=x; Path=/; Secure; HttpOnly; SameSite=Lax"))
    }

    @Test(arguments: ["http://127.0.0.1:8080", "http://localhost:8080", "http://localhost"])
    func `plain HTTP on this machine has a cookie of another name`(origin: String) throws {
        let line = try PageCookie.session.line("x", for: request(origin))
        #expect(line == Header("Set-Cookie", "garita_insecure_session=x; Path=/; HttpOnly; SameSite=Lax"))
    }

    @Test(arguments: ["http://127.0.0.1.evil.example", "http://localhost.evil.example:80", "ftp://localhost"])
    func `and nothing that only looks like it`(origin: String) throws {
        #expect(try PageCookie.session.line("x", for: request(origin)).value.hasPrefix("__Host-"))
    }

    @Test func `one name never stands for the other`() throws {
        let cookie = "garita_insecure_session=a; __Host-garita_session=b"
        #expect(try PageCookie.session.value(in: request("https://x", cookie: cookie)) == "b")
        #expect(try PageCookie.session.value(in: request("http://localhost", cookie: cookie)) == "a")
        #expect(try PageCookie.session.value(in: request("https://x", cookie: "garita_insecure_session=a")) == nil)
    }

    @Test func `a way on stays on this site`() {
        for path in ["/", "/account/", "/admin/users/?q=a%20b&p=2"] { #expect(PagePath.local(path) == path) }
        let elsewhere = [
            "", "account", "//x", "/\\x", "https://x", "javascript:x", "/a\r\nb", "/a b", "/ñ", "/\"", "/<",
        ]
        for path in elsewhere + ["/" + String(repeating: "a", count: 500)] { #expect(PagePath.local(path) == nil) }
        #expect(PagePath.local(nil) == nil)
    }

    @Test func `a name with the hash of its content, else the plain one`() {
        let assets = Assets(list: "garita.css garita.0123456789.css\nbroken\n")
        #expect(assets.path("garita.css") == "/static/garita.0123456789.css")
        #expect(assets.path("broken") == "/static/broken")
        #expect(Assets().path("garita.js") == "/static/garita.js")
    }
}
