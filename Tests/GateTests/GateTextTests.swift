import Cryptography
import Gate
import Testing

@Suite struct `What somebody means by a text in the one box` {
    private func kind(_ text: String, isCode: Bool = false) -> String {
        switch GateText(text, isCode: isCode) {
        case .nothing: "nothing"
        case .code(let code): "code \(code.text)"
        case .either(let code): "either \(code.compact?.text ?? "")"
        case .words: "words"
        }
    }

    @Test(arguments: ["", " ", "\r\n", "\t", "\u{a0}\u{2003}"])
    func `is nothing`(typed: String) { #expect(kind(typed) == "nothing") }

    @Test(arguments: [
        ("482913", "482913"), (" 482 913\r\n", "482913"), ("48291375", "48291375"), ("5512349999", "5512349999"),
        ("cbd4jx5n", "CBD4JX5N"), ("CBD4-JX5N\t", "CBD4JX5N"), ("f9wzne123456", "F9WZNE123456"),
        ("abcdefghjkmnpqrstuvwxyz234", "ABCDEFGHJKMNPQRSTUVWXYZ234"), ("fernanda", "FERNANDA"),
        ("E2000017221101441890", "E2000017221101441890"), ("RFID-0000123", "RFID0000123"), ("'_éç&\"", "482913"),
    ])
    func `is a code by its looks`(typed: String, code: String) { #expect(kind(typed) == "either \(code)") }

    @Test(arguments: [
        "VISITOR:AB12CD34|Ana", "https://garita.example/p/abcdefghjkmnpqrstuvwxyz234",
        "HTTPSÖ--GARITA.EXAMPLE-P-ABCDEFGHJKMNPQRSTUVWXYZ234", "httpsM!!gqritq:exq,ple!p!QBCDEFGHJK?NP23",
    ])
    func `is meant as a code`(typed: String) { #expect(kind(typed).hasPrefix("code ")) }

    @Test(arguments: [
        "munoz", "Peña", "b12", "b 12", "torre b 12", "A-101", "ABC-123-A", "abc 123 a", "González", "María José",
        "martinez", "12345", "D'Angelo-Ruiz", "José 12", "María de 4 1234",
    ])
    func `is somebody to look for`(typed: String) { #expect(kind(typed) == "words") }

    @Test(arguments: ["munoz", "12345", "TAG-7", "ABC-123-A"])
    func `is a code where a reader or a person says so`(typed: String) {
        #expect(kind(typed, isCode: true).hasPrefix("code "))
    }

    @Test func `is words where no code is that long`() {
        #expect(kind(String(repeating: "A1", count: 60), isCode: true) == "words")
    }
}
