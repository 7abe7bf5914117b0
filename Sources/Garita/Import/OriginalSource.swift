import JSON

/// Where the original's rows come from.
protocol OriginalSource {
    /// Every table of the original that holds rows, ours or not.
    func contents() throws -> [OriginalContent]

    /// All rows of one table, a page at a time.
    func pages(of table: OriginalTable, _ body: ([OriginalRecord]) throws -> Void) throws
}

/// A table of the original and how much it holds.
struct OriginalContent {
    /// As the original names it.
    let name: String
    /// Which of the tables we know it is.
    let model: String?
    var count: Int64
    var lastID: Int64
}

/// One row as the original holds it.
struct OriginalRecord {
    let id: Int64
    let fields: [JSON.Member]
}
