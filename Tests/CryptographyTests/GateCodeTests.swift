import Cryptography
import Testing

@Suite struct `A code as it is read at the gate` {
    @Test(arguments: [
        ("AB12CD34", "AB12CD34"), ("ab12cd34", "AB12CD34"), ("  482913\r\n", "482913"), ("\u{a0}AB12\u{2003}", "AB12"),
        ("VISITOR:AB12CD34|Juan Pérez", "AB12CD34"), ("visitor: ab12cd34 |", "AB12CD34"),
        ("VISITOR:AB12CD34", "AB12CD34"),
        ("VISITOR:AB|CD|EF", "AB"),
        ("https://garita.example/g/ABCDEFGHJKMNPQRSTUVWXYZ234", "ABCDEFGHJKMNPQRSTUVWXYZ234"),
        ("HTTPS://GARITA.EXAMPLE/G/AB12CD34/", "AB12CD34"),
        ("http://localhost:8080/g/ab12cd34?lang=es#top", "AB12CD34"),
        ("https://x/g/old/g/new1", "NEW1"), ("04:A3:2F:1B", "04:A3:2F:1B"), ("tag 7", "TAG 7"), ("ñu-1", "ÑU-1"),
        ("G/AB12", "G/AB12"), ("AB|CD", "AB|CD"), ("straße", "STRASSE"),
    ])
    func `has one form`(raw: String, expected: String) {
        #expect(GateCode(reading: raw)?.text == expected)
    }

    @Test(arguments: [
        "\u{feff}{}", "{}\u{200b}", "]Q3{}", "\u{2}{}\u{3}", "\u{2060}{}", "\u{1d}{}", "]q1{}", "]C0{}", "*{}*",
        "\"{}\"", "“{}”", "VISITORÑ{}ÇANA PRUEBA", "visitorñ{}çana prueba", "VISITOR:{}~ANA", "VISITORÖ{}'ANA",
        "VISITOR>{}*ANA",
        "HTTPSÑ--GARITA.EXAMPLE.ORG-G-{}", "httpsö--mi-garita.example-g-{}_lang", "]Q1VISITOR:{}|Ana", "{}\r\n",
        "\u{2}]Q1https://garita.example.org/g/{}\u{3}\r",
    ])
    func `is what a reader meant`(form: String) {
        for code in ["ABCDEFGHJKMNPQRSTUVWXYZ234", "482913"] {
            #expect(GateCode(reading: form.replacing("{}", with: code))?.text == code)
        }
    }

    @Test(arguments: [
        ("672 987", "672987"), ("CBD4-JX5N", "CBD4JX5N"), ("６７２９８７", "672987"), ("672–987", "672987"),
        ("٦٧٢٩٨٧", "672987"), ("f9wzne\u{a0}123456", "F9WZNE123456"), ("https://x/g/AB12CD34.", "AB12CD34"),
        ("04:A3:2F:1B", "04A32F1B"), ("(672987)", "672987"),
    ])
    func `is found as it was typed and by its letters and digits`(typed: String, expected: String) throws {
        let key = try knownSecret()
        let code = try #require(GateCode(reading: typed))
        let tag = try #require(GateCode(reading: expected)).tag(with: key)
        #expect(code.tags(with: key).contains(tag))
        #expect(code.tags(with: key).first == code.tag(with: key))
        #expect(code.compact?.text == expected)
    }

    /// A card that was stored with the signs of its reader, before they were taken away, goes on opening.
    @Test(arguments: ["*0009911223*", "]C0123456", "\"77\"", "TAG–1"])
    func `is found as it was stored before`(typed: String) throws {
        let key = try knownSecret()
        let stored = Array(key.authenticationCode(for: Array("code|\(typed)".utf8)).prefix(16))
        #expect(try #require(GateCode(reading: typed)).tags(with: key).contains(stored))
    }

    @Test(arguments: ["482913", "AB12CD34", "ABCDEFGHJKMNPQRSTUVWXYZ234", "VISITOR:AB12CD34|Ana", " 482913\r\n"])
    func `is looked up once when there is nothing to doubt`(typed: String) throws {
        #expect(try #require(GateCode(reading: typed)).tags(with: knownSecret()).count == 1)
    }

    /// A reader that types as on a US keyboard, into a computer that is set to another layout.
    @Test(arguments: [
        ("'_éç&\"", "482913"), ("  '_éç&\"\r\n", "482913"), ("QBCDE'(è", "ABCDE457"),
        ("httpsM!!gqritq:exq,ple!p!QBCDEFGHJK?NPARSTUVZXYWé\"'", "ABCDEFGHJKMNPQRSTUVWXYZ234"),
        ("HTTPSÖ--GARITA.EXAMPLE-P-ABCDEFGHJKMNPQRSTUVWXZY234", "ABCDEFGHJKMNPQRSTUVWXYZ234"),
        ("QBCDEFGHJK?NPARSTUVZXYWABC", "ABCDEFGHJKMNPQRSTUVWXYZQBC"),
        ("ABCDEFGHJKMNPQRSTUVWXZY234", "ABCDEFGHJKMNPQRSTUVWXYZ234"), ("abcd-efgh", "ABCDEFGH"), ("482913", "482913"),
    ])
    func `is found as another layout wrote it`(typed: String, expected: String) throws {
        let key = try knownSecret()
        let tag = try #require(GateCode(reading: expected)).tag(with: key)
        #expect(try #require(GateCode(keyed: typed)).tags(with: key).contains(tag))
    }

    @Test(arguments: ["482913", "ABCDEFYZ", "F9WZNE123456", "José", "O'Neil", "QAZWSX"])
    func `has no reading more where a reading is a guess`(typed: String) throws {
        let key = try knownSecret()
        #expect(GateCode(keyed: typed)?.tags(with: key) == GateCode(reading: typed)?.tags(with: key))
    }

    @Test(arguments: [
        "", "   ", "\r\n", "VISITOR:", "VISITOR:|Juan", "visitor:  |", "https://garita.example/g/", "/g/?x", "/g//x",
    ])
    func `is none when nothing is left`(raw: String) {
        #expect(GateCode(reading: raw) == nil)
    }

    @Test(arguments: [
        ("482913", "999999"), ("RFID123456", "AAAA999999"), ("a1b2c3d4", "A9A9A9A9"), ("04:A3:2F:1B", "99-A9-9A-9A"),
        ("1234567890123456789", "9999999999999999999"), ("ABCDEFGHJKLMN", "AAAAAAAAAAAAA"),
        ("RFID1234567890123", "AAAA9999999999999"), ("----------------------------", "----------------------------"),
        ("ñ", "--"),
    ])
    func `can be guessed when short, whatever kind it is`(raw: String, shape: String) {
        #expect(GateCode(reading: raw)?.guessableShape == shape)
    }

    @Test(arguments: ["12345678901234567890", "ABCDEFGHJKLMNP", "E2000017221101441890", "23456789234567892345678923"])
    func `cannot be guessed from 64 bits on`(raw: String) {
        #expect(GateCode(reading: raw).map { $0.guessableShape == nil } == true)
    }

    @Test(arguments: [("VISITOR:", true), (" visitor: | x", true), ("/g/", true), ("", true), ("VISITOR:A", false)])
    func `is told blank from too long`(raw: String, isBlank: Bool) {
        #expect(GateCode.isBlank(raw) == isBlank)
        #expect(!GateCode.isBlank(String(repeating: "A", count: 101)))
    }

    @Test func `may have a hundred characters, whatever stands around it`() {
        let longest = String(repeating: "A", count: 100)
        #expect(GateCode(reading: longest)?.text == longest)
        #expect(GateCode(reading: "VISITOR:\(longest)|" + String(repeating: "x", count: 500))?.text == longest)
        #expect(GateCode(reading: longest + "A") == nil)
        #expect(GateCode(reading: "a" + String(repeating: "\u{301}", count: 101)) == nil)
        #expect(GateCode(reading: String(repeating: "ß", count: 51)) == nil)
    }

    @Test(arguments: [("AB12CD34", "34"), ("482913", "13"), ("1234", "34"), ("123", ""), ("7", ""), ("ABCÑÚ", "ÑÚ")])
    func `leaves its last two characters in the log, unless they would give it away`(raw: String, hint: String) {
        #expect(GateCode(reading: raw)?.hint == hint)
    }

    @Test func `is named in the database by a keyed tag`() throws {
        let key = try knownSecret()
        let tag = try #require(GateCode(reading: "VISITOR:ab12cd34|x")).tag(with: key)
        #expect(Hexadecimal.encode(tag) == "9d539faadec710f0ecf6dce94cb9debb")
        #expect(GateCode(reading: "AB12CD35")?.tag(with: key) != tag)
        #expect(GateCode(reading: "AB12CD34")?.tag(with: .random()) != tag)
    }

    @Test func `never prints itself`() throws {
        let code = try #require(GateCode(reading: "AB12CD34"))
        var dumped = ""
        dump([code], to: &dumped)
        for text in ["\(code)", String(reflecting: code), dumped] { #expect(!text.contains("AB12")) }
    }
}

@Suite struct `A sealed code` {
    private let tag: [UInt8] = Array(0..<16)

    @Test(arguments: ["482913", "ABCDEFGHJKMNPQRSTUVWXYZ234", "", "ñ"])
    func `opens with its key and its tag`(code: String) throws {
        let key = Secret.random()
        let sealed = try SealedCode.seal(code, tag: tag, key: key)
        #expect(sealed.count == 12 + code.utf8.count + 16)
        #expect(try SealedCode.open(sealed, tag: tag, key: key) == code)
    }

    @Test func `looks different each time`() throws {
        let key = Secret.random()
        #expect(try SealedCode.seal("482913", tag: tag, key: key) != SealedCode.seal("482913", tag: tag, key: key))
    }

    @Test func `stays shut for another key, another row and any changed byte`() throws {
        let key = Secret.random()
        let sealed = try SealedCode.seal("482913", tag: tag, key: key)
        #expect(throws: SealedCodeError.cannotOpen) { try SealedCode.open(sealed, tag: tag, key: .random()) }
        #expect(throws: SealedCodeError.cannotOpen) { try SealedCode.open(sealed, tag: Array(1...16), key: key) }
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: SealedCodeError.cannotOpen) { try SealedCode.open(changed, tag: tag, key: key) }
        }
        for length in 0..<sealed.count {
            #expect(throws: SealedCodeError.cannotOpen) {
                try SealedCode.open(Array(sealed.prefix(length)), tag: tag, key: key)
            }
        }
    }

    @Test func `is what AES-256-GCM of another program makes`() throws {
        // Python cryptography: AESGCM(bytes(1...32)).encrypt(bytes(12), b"AB12CD34", bytes(0...15)), nonce in front.
        let sealed = try #require(
            Hexadecimal.decode("000000000000000000000000873bea2bfe1126d14ab1004258163cda9fd87e9cf19db4b8"))
        #expect(try SealedCode.open(sealed, tag: tag, key: knownSecret()) == "AB12CD34")
    }
}
