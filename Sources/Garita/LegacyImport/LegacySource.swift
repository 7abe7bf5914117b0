import JSON

/// What a legacy import reads from: the legacy system's database, or a file of its data.
protocol LegacySource {
    /// Every table of the legacy system that holds rows, ours or not.
    func contents() throws -> [LegacyContent]

    /// All rows of one table, a page at a time.
    func pages(of table: LegacyTable, _ body: ([LegacyRecord]) throws -> Void) throws
}

/// A table of the legacy system and how much it holds.
struct LegacyContent {
    /// As the legacy system names it.
    let name: String
    /// Which of the tables we know it is.
    let model: String?
    var count: Int64
    /// The highest number that a row of it can keep here.
    var lastID: Int64
}

/// One row as the legacy system holds it.
struct LegacyRecord {
    /// Numbers that a row can have here: clients of JSON read larger ones inexactly (RFC 8259, section 6).
    private static let numbers: ClosedRange<Int64> = 1...(1 << 53) - 1

    /// Its primary key; nil when it has none.
    let key: JSON?
    /// Which row of the source it is, from 1: what a row without a usable key is called by.
    let place: Int64
    let fields: [JSON.Member]

    /// Its number; nil when its key is none that a row can have here.
    var id: Int64? { key?.integerValue.flatMap { Self.numbers.contains($0) ? $0 : nil } }
}
