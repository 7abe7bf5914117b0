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
}
