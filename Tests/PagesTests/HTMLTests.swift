import Pages
import Testing
import Web

@Suite("Markup escapes what it is given")
struct HTMLTests {
    private static let hostile = #""><script>alert('1')</script>&amp;"#

    @Test func `text stays text, between tags and between quotes`() {
        let html: HTML = "<p title=\"\(Self.hostile)\">\(Self.hostile)</p>"
        let escaped = "&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;"
        #expect(html.markup == "<p title=\"\(escaped)\">\(escaped)</p>")
        #expect(HTML(Self.hostile).markup == escaped)
        #expect(("\(Self.hostile.dropFirst(2))" as HTML).markup == String(escaped.dropFirst(10)))
    }

    @Test func `markup in markup is not escaped twice`() {
        let cell: HTML = "<td>\("<")</td>"
        let row: HTML = "<tr>\(cell)\([cell, cell])\(nil as HTML?)</tr>"
        #expect(row.markup == "<tr><td>&lt;</td><td>&lt;</td><td>&lt;</td></tr>")
        #expect((cell + cell).markup == "<td>&lt;</td><td>&lt;</td>")
        #expect(HTML([cell, "x"]).markup == "<td>&lt;</td>x")
    }

    @Test func `numbers, conditions and drawings of ours`() {
        #expect(("\(-3) \(UInt8(7))" as HTML).markup == "-3 7")
        #expect(("<input\(" checked", if: true)\(" disabled", if: false)>" as HTML).markup == "<input checked>")
        #expect(("\(HTML(unescaped: "<svg/>"))" as HTML).markup == "<svg/>")
    }

    @Test func `letters of every script pass, and so does a character made of several`() {
        let text = "Ñandú 👨‍👩‍👧 e\u{301} \u{301}<"
        #expect(HTML(text).markup == "Ñandú 👨‍👩‍👧 e\u{301} \u{301}&lt;")
    }

    @Test func `a page says what it is`() {
        let page = Response.html("<p>\("ñ")</p>", status: 404)
        #expect(page.status == 404)
        #expect(page.headers == [Header("Content-Type", "text/html; charset=utf-8")])
        #expect(String(decoding: page.body, as: UTF8.self) == "<p>ñ</p>")
    }
}
