import OperatingSystem
import PostgreSQL
import Web

/// What was erased, deleted or switched off, in a file that outlives the database: times and numbers, no names.
///
/// Erased people would otherwise come back with a restored backup, and so would a lost card.
struct ErasureJournal {
    /// One line, such as `2026-11-30T18:40:14.123456Z DELETE visitors 17 .`.
    ///
    /// The point says that the line is whole: a number that a crash cut off would be that of somebody else.
    struct Entry: Equatable {
        let at: String
        let kind: String
        let table: String
        let row: Int64

        var line: String { "\(at) \(kind) \(table) \(row) ." }
    }

    private static let name = "erasures"

    private let path: String

    /// - Parameter folder: of the backups.
    init(in folder: String) {
        path = "\(folder)/\(Self.name)"
    }

    /// Appends what the audit has gained.
    ///
    /// An entry is written when its transaction began and seen when it ended; so the last quarter of an hour is read
    /// again.
    /// - Returns: how many lines.
    @discardableResult
    func catchUp(_ database: Database) throws -> Int {
        let known = try entries()
        let rows = try database.run(
            Statement(
                """
                select at, kind, table_name, row_id
                from garita.list_erasures(coalesce($1::timestamptz - interval '15 minutes', '-infinity'))
                """,
                parameters: [.optionalText(known.last?.at)]))
        let seen = Set(known.suffix(100_000).map(\.line))
        let fresh = try rows.map {
            Entry(at: try $0.text(0), kind: try $0.text(1), table: try $0.text(2), row: try $0.integer(3)).line
        }.filter { !seen.contains($0) }
        guard !fresh.isEmpty else { return 0 }
        // Behind a line that a crash cut off.
        let isCut = try content().last.map { $0 != UInt8(ascii: "\n") } ?? false
        try Files.append(Array(((isCut ? "\n" : "") + fresh.map { $0 + "\n" }.joined()).utf8), to: path)
        return fresh.count
    }

    /// What happened at a time or later.
    func entries(since time: String = "") throws -> [Entry] {
        try content().split(separator: UInt8(ascii: "\n")).compactMap { line in
            let words = String(decoding: line, as: UTF8.self).split(separator: " ").map(String.init)
            guard words.last == "." else { return nil }
            guard words.count == 5, let row = WholeNumber.read(words[3][...], in: 1...Int64.max) else {
                throw CommandFailure.badData("\(path): a line is no erasure")
            }
            return Entry(at: words[0], kind: words[1], table: words[2], row: row)
        }.filter { $0.at >= time }.sorted { $0.at < $1.at }
    }

    private func content() throws -> [UInt8] {
        var content: [UInt8] = []
        do { try PlainFile(reading: path).readPieces { content += $0 } } catch let error as OperatingSystemError {
            guard error.isMissingFile else { throw error }
        }
        return content
    }
}
