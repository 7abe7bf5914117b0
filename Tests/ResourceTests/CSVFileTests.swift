import Resource
import Testing

@Suite("Files of rows")
struct CSVFileTests {
    private func cells(_ text: String) throws -> [[String]] {
        let file = try CSVFile(text, maximumRows: 100)
        return [file.header] + file.rows.map(\.cells)
    }

    @Test("Cells are what stands between commas, semicolons or tabs", arguments: [",", ";", "\t"])
    func separators(separator: String) throws {
        let text = "a\(separator)b\r\n1\(separator)\"x, y; z\tq\"\n\(separator)\r"
        #expect(try cells(text) == [["a", "b"], ["1", "x, y; z\tq"]])
        #expect(try CSVFile(text, maximumRows: 1).separator == Character(separator))
    }

    @Test(
        "A line for spreadsheets names the separator, also as one saved it anew",
        arguments: [
            "sep=;", "SEP=;", "Sep=;", "\"sep=;\"", "\"SEP=;\"", "sep=\";\"", " sep = ; ", "\u{FEFF}sep=;",
            "\"sep=;\";;;",
            "sep=;;;;", "sep=,;;", "sep=", "\r\n sep=;", "sep=;\r\n\u{FEFF}",
        ])
    func namedSeparator(line: String) throws {
        for end in ["\r\n", "\n", "\r"] {
            let text = line.replacing("\r\n", with: end)
            let file = try CSVFile(
                "\(text)\(text.hasSuffix("\u{FEFF}") ? "" : end)a;b;c\(end)1;2,3;4\(end)", maximumRows: 9)
            #expect(file.header == ["a", "b", "c"], "\(line.debugDescription)")
            #expect(file.rows.map(\.cells) == [["1", "2,3", "4"]])
            #expect(file.rows.map(\.line) == [line.utf8.first == 0x0D ? 4 : 3])
        }
    }

    @Test("Such a line may name any separator", arguments: [",", ";", "\t", "|", ":", "^"])
    func anyNamedSeparator(separator: String) throws {
        for line in ["Sep=\(separator)", "\"sep=\(separator)\""] {
            let file = try CSVFile("\(line)\na\(separator)b\n1\(separator)2\n", maximumRows: 9)
            #expect(file.header == ["a", "b"] && file.separator == Character(separator))
        }
        let rewritten = try CSVFile("sep=;,,,\na,b;c,d\n1,2,3\n", maximumRows: 9)
        #expect(rewritten.header == ["a", "b;c", "d"])
        #expect(try CSVFile("sep=x,b\n1,2\n", maximumRows: 9).header == ["sep=x", "b"])
    }

    @Test("Quotation marks hold separators, line ends and themselves; lines are counted through")
    func quotes() throws {
        let file = try CSVFile("a,b\n\"1\r\n2\",\"say \"\"no\"\"\"\n\n\"\",x\n", maximumRows: 9)
        #expect(file.rows.map(\.cells) == [["1\r\n2", "say \"no\""], ["", "x"]])
        #expect(file.rows.map(\.line) == [2, 5])
    }

    @Test("Blank cells at the end of a line are none, however many; others are counted")
    func columns() throws {
        let blank = String(repeating: ",", count: 16_383)
        #expect(try cells("a,b\(blank)\n1,2\(blank)\n\(blank)\n") == [["a", "b"], ["1", "2"]])
        let most = String(repeating: "x,", count: CSVFile.maximumColumns)
        #expect(try cells("\(most)\n\(most),\n").map(\.count) == [256, 256])
        #expect(throws: CSVFile.Fault.self) { try cells("\(most)x\n1\n") }
        #expect(throws: CSVFile.Fault.self) { try cells("a\n\(String(repeating: ",", count: 300))x\n") }
    }

    @Test("A column without a name is told when a row holds something in it")
    func namelessColumns() throws {
        let file = try CSVFile("a,,b,\" \",,\n1,,2,,\n1,x,2, ,,\n1,y,2,,z,\n1,2,3,4,5,6,7\n", maximumRows: 9)
        #expect(file.width == 6)
        #expect(file.namelessColumns.map(\.place) == [1, 3, 4, 5])
        #expect(file.namelessColumns.map(\.line) == [3, 5, 4, 5])
        #expect(try CSVFile("a,b,,,\n1,2,,,\n", maximumRows: 9).namelessColumns.isEmpty)
    }

    @Test("A cell is no longer than a body of text")
    func longCells() throws {
        let longest = String(repeating: "x", count: CSVFile.maximumCell)
        for cell in [longest, "\"\(longest)\""] { #expect(try cells("a\n\(cell)\n")[1] == [longest]) }
        for cell in ["\(longest)x", "\"\(longest)x\""] {
            #expect(throws: CSVFile.Fault.self) { try cells("a\n\(cell)\n") }
        }
    }

    @Test("What is no such file is refused", arguments: ["", "\n\n", "a,\"b", "a,b\"c", "a,\"b\"c\n", "a\n1\n2\n3\n"])
    func refused(text: String) {
        #expect(throws: CSVFile.Fault.self) { try CSVFile(text, maximumRows: 2) }
    }

    @Test(
        "Whatever is written as text comes back the same",
        arguments: [
            "", "x", "=1+1", "'=1+1", "''=1", "'", "'t Hooft", "+52 55", "-", "@a", "\t", "a\r\nb", "a\"b", " x ", "；",
            "=\"1\"", "'=\"1\"", "'012", "''012", "012", "'", "''", "'90s",
        ])
    func roundTrip(text: String) throws {
        let line = CSV.line([CSV.text("h"), CSV.text("i")]) + CSV.line([CSV.text(text), CSV.text("z")])
        #expect(try cells(line) == [["h", "i"], [text, "z"]])
    }

    @Test(
        "A formula that is nothing but a text stays one, and an apostrophe in front of digits is none",
        arguments: [
            ("=\"0012\"", "=\"0012\""), ("\"=\"\"0012\"\"\"", "=\"0012\""), ("=\"a,b\"", "=\"a,b\""), ("'0012", "0012"),
            ("\"'0012\"", "0012"), ("'x", "'x"), ("=A1", "=A1"),
        ])
    func formulaTexts(written: String, meant: String) throws {
        #expect(try cells("h,i\n\(written),z\n")[1] == [meant, "z"])
    }

    @Test("Bytes are UTF-8, UTF-16 with its mark, or Windows-1252")
    func encodings() throws {
        let word = "Peña €"
        #expect(try CSVEncoding.read(Array(word.utf8)) == (word, .utf8))
        #expect(try CSVEncoding.read([0xEF, 0xBB, 0xBF] + word.utf8) == (word, .utf8))
        #expect(try CSVEncoding.read([0x50, 0x65, 0xF1, 0x61, 0x20, 0x80]) == (word, .windows1252))
        #expect(
            try CSVEncoding.read([0xFF, 0xFE] + word.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }) == (
                word, .utf16
            ))
        for bytes: [UInt8] in [[0x61, 0], [0x81], [0x50, 0x4B, 3, 4], [0xFF, 0xFE, 0x61]] {
            #expect(throws: CSVFile.Fault.self) { try CSVEncoding.read(bytes) }
        }
    }

    /// Each scalar of Latin-1 is its byte.
    private func bytes(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }

    @Test(
        "Windows-1252 is read whatever is right in it",
        arguments: [
            "José Muñoz", "PEÑA NÚÑEZ", "Güera", "N.\u{BA} 5, 1\u{BA}, M.\u{AA} José, 20\u{B0}",
            "\u{BF}Quién? \u{A1}Hola!",
            "Madrid \u{96} Toledo", "García\u{96}López", "O\u{92}Brien D\u{92}Angelo dell\u{92}acqua don\u{92}t",
            "\u{93}Café\u{94} \u{93}JOSÉ\u{94} \u{91}x\u{92} café\u{85}",
            "25 \u{80}, 5 \u{A3}, \u{A3}5, \u{BD}, m\u{B2}, \u{A7} 5, \u{A9}",
            "João Conceição IRMÃ", "Müller ÖZIL GRÖßE", "François Çelik Hélène sœur".replacing("œ", with: "\u{9C}"),
            "\u{8E}i\u{9E}ek \u{8A}koda", "MARíA PEñA JOSé", "María\u{A0}de la Luz\u{A0}Ruiz",
            "CAFÉ\u{94}, PERÚ\u{92}S, PEÑA",
        ])
    func windows1252(text: String) throws {
        #expect(try CSVEncoding.read(bytes("a,b\r\n\(text)\r\n")).encoding == .windows1252)
    }

    @Test(
        "Letters of other encodings are told by what they make of words",
        arguments: [
            "Mu\u{A4}oz", "Mar\u{A1}a", "L\u{A2}pez", "Jes\u{A3}s", "Jos\u{82}", "MU\u{A5}OZ", "L\u{E0}PEZ",
            "GARC\u{D6}A",
            "\u{B5}ngel", "Hern\u{A0}ndez", "G\u{81}era", "Mu\u{96}oz", "Garc\u{92}a", "Mart\u{92}nez", "L\u{97}pez",
            "P\u{8E}rez",
            "Jos\u{8E}", "Hern\u{87}ndez", "Jes\u{9C}s", "MU\u{84}OZ", "\u{83}rica", "Jos\u{C3}\u{A9} Pe\u{F1}a",
        ])
    func otherEncodings(text: String) {
        #expect(throws: CSVFile.Fault.self, "\(text)") { try CSVEncoding.read(bytes("a,b\r\n\(text)\r\n")) }
    }

    @Test("A file in two encodings is refused, wherever the other one stands")
    func twoEncodings() {
        let (right, other) = (Array("José,Muñoz\r\n".utf8), bytes("María,Peña\r\n"))
        let head = bytes("a,b\r\n")
        for file in [head + right + other, head + other + right, [0xEF, 0xBB, 0xBF] + head + other] {
            #expect(throws: CSVFile.Fault.self) { try CSVEncoding.read(file) }
        }
    }

    @Test(
        "Lost letters are seen in UTF-8 too",
        arguments: [
            "Mu\u{FFFD}oz", "Mu¤oz", "Mu–oz", "MuÃ±oz", "JosÃ©", "MUÃ‘OZ", "LÃ“PEZ", "JOSÃ‰", "GarcÃ\u{AD}a", "Â¿Quién",
            "Oâ€™Brien",
            "Mu\u{C3}\u{B1}oz", "MU\u{C3}\u{91}OZ", "Mu├▒oz", "Mu√±oz", "ÐžÐ»Ñ", "Mu?oz", "Mar¡a", "L¢pez", "Jos‚",
            "WaÅ‚Ä™sa", "NÂº 5",
        ])
    func lostLetters(text: String) {
        #expect(TextDamage.isIn(text, .name))
    }

    @Test(
        "Letters of every language are no damage",
        arguments: [
            "José Muñoz", "João Conceição", "IRMÃ”", "Łukasz Wałęsa", "Straße GRÖßE", "王小明", "Ольга Мар’яна", "Ελένη",
            "Nguyễn Văn Ân",
            "O’Brien", "García–López", "l·lusió", "Ñandú?", "¿Quién? ¡Hola!", "CAFÉ”", "“é”…", "Âge Île",
            "M.ª José, 1º, Nº 5, 20°", "£5 5¢ 25 €",
            "São Ângela", "Ævar Þór", "İstanbul Çelik", "मोहन", "محمد", "José\u{A0}Luis",
        ])
    func everyLanguage(text: String) {
        #expect(!TextDamage.isIn(text, .name))
    }

    @Test("Prose has dashes and question marks between its words")
    func prose() {
        for text in ["a–o", "http://x.example/a?b=c", "casa—como", "favor¿puede"] {
            #expect(!TextDamage.isIn(text, .prose))
        }
    }
}
