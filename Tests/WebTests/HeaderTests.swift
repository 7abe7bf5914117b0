import Testing
import Web

@Suite("Header lines")
struct HeaderTests {
    private static let breaks = [
        "\r\n", "\n", "\r", "\0", "\u{85}", "\u{2028}", "\u{2029}", "\u{B}", "\u{7F}", "\u{1B}", "\t", "ñ",
    ]

    @Test(arguments: breaks)
    func `no value ends its line`(lineEnd: String) {
        let header = Header("X-Any", "a\(lineEnd)Set-Cookie: b")
        #expect(header.value == "aSet-Cookie: b")
    }

    @Test(arguments: breaks)
    func `an address holds nothing but what an address may`(lineEnd: String) {
        let header = Header.location("/a\(lineEnd)Set-Cookie: b?c=%0D")
        #expect(header.value.utf8.allSatisfy { (0x21...0x7E).contains($0) })
        #expect(header.value.hasPrefix("/a%") && header.value.hasSuffix("Set-Cookie:%20b?c=%0D"))
    }

    @Test(arguments: [
        ("/admin/?a=b&c=%C3%B1#d", "/admin/?a=b&c=%C3%B1#d"), ("//evil.example/", "/evil.example/"),
        ("/\\evil.example", "/evil.example"), ("\\/evil", "/evil"), ("https://evil.example", "/https://evil.example"),
        ("", "/"), ("/a b\"<>", "/a%20b%22%3C%3E"),
    ])
    func `an address stays on this site`(address: String, value: String) {
        #expect(Header.location(address).value == value)
    }

    @Test func `a decoded path is encoded whole`() {
        #expect(URLPath.encode("/api/a%b?c#d/ñ\n/") == "/api/a%25b%3Fc%23d/%C3%B1%0A/")
    }

    @Test(arguments: ["/a\n", "/a\r\n", "/\0", "/\u{85}", "/\u{2028}", "/\u{2029}", "/\u{7F}", "/\u{9F}", "/\t"])
    func `a path with a control character is no request`(path: String) {
        #expect(throws: HTTPError.self) { try Request(method: "GET", path: path) }
    }

    @Test(arguments: ["/", "/ñ/", "/a b/", "/%/", "/\u{200B}/", "/💡/"])
    func `any other path is one`(path: String) throws {
        #expect(try Request(method: "GET", path: path).path == path)
    }
}
