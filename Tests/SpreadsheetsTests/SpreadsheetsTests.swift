import OperatingSystem
import Spreadsheets
import Testing

@Suite struct `A list as a workbook` {
    @Test(arguments: [
        ("2026-11-30", 46356.0), ("1900-03-01", 61), ("2024-02-29", 45351), ("2000-02-29", 36585),
        ("9999-12-31", 2_958_465),
    ])
    func `A day is the number that spreadsheets give it`(_ text: String, _ days: Double) {
        #expect(SheetCell.date(text) == .date(days))
    }

    @Test(arguments: ["1900-02-28", "0001-01-01", "infinity", "2026-13-01", "2026-11", ""])
    func `A day that spreadsheets do not have stays text`(_ text: String) {
        #expect(SheetCell.date(text) == .text(text))
    }

    @Test func `A moment is that of the site's clock`() {
        #expect(SheetCell.moment("2026-11-30T18:00:00.523300-06:00") == .moment(46356.75))
        #expect(SheetCell.moment("infinity") == .text("infinity"))
        #expect(SheetCell.clock("24:00:00") == .clock(1))
    }

    @Test func `A number with more digits than a spreadsheet keeps is text`() {
        #expect(SheetCell.whole(999_999_999_999_999) == .number(999_999_999_999_999))
        #expect(SheetCell.whole(1_000_000_000_000_000) == .text("1000000000000000"))
        #expect(SheetCell.whole(.min) == .text(String(Int64.min)))
    }

    @Test(arguments: ["", "''", "A/B: [C]?*\\", String(repeating: "🙂", count: 40)])
    func `Whatever a sheet is to be called, it is made`(_ name: String) throws {
        var sheet = try Spreadsheet(name, headings: ["a"], mark: "…")
        try sheet.add([.text("=1")])
        var bytes: [UInt8] = []
        try sheet.finish { bytes += $0 }
        #expect(bytes.starts(with: "PK".utf8))
    }

    @Test func `One that is not finished leaves nothing behind`() throws {
        let before = try Directories.names(in: "/var/tmp").filter { $0.hasPrefix("garita-") }
        var sheet = try Spreadsheet("a", headings: ["a"], mark: "…")
        for number in 0..<3000 { try sheet.add([.whole(Int64(number)), .empty, .bool(true)]) }
        #expect(try Directories.names(in: "/var/tmp").filter { $0.hasPrefix("garita-") } == before)
    }
}
