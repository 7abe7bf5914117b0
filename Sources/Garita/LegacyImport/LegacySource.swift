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
    var lastID: Int64
}

/// One row as the legacy system holds it.
struct LegacyRecord {
    let id: Int64
    let fields: [JSON.Member]
}
