import PostgreSQL

/// A row to choose.
struct Choice {
    let id: Int64
    let title: String

    /// One that is chosen and whose name nobody here may see.
    init(nameless id: Int64) {
        self.id = id
        title = "#\(id)"
    }

    /// Whether that is its name, with or without what tells it from another one.
    func isCalled(_ typed: String) -> Bool {
        let (title, typed) = (title.lowercased(), typed.lowercased())
        return title == typed || title.hasPrefix("\(typed) · ")
    }

    init(_ row: Row) throws {
        id = try row.integer(0)
        title = try row.optionalText(1) ?? "#\(id)"
    }
}
