import Testing
import Web

@Suite("The language of an answer")
struct LanguageTests {
    @Test(arguments: [
        "es", "es-MX,es;q=0.9,en;q=0.5", "fr, es;q=0.8, en;q=0.1", "de;q=0.9,  es-AR", "de,\tes", "ES\t;q=1",
    ])
    func `Spanish for whoever names it before English`(header: String) {
        #expect(Language(acceptLanguage: header) == .spanish)
    }

    @Test(arguments: [nil, "", "*", "en-US,es;q=0.9", "fr,en,es", "est", ";;,,--", "e"])
    func `English, the legacy API's only one, for everybody else`(header: String?) {
        #expect(Language(acceptLanguage: header) == .english)
    }
}
