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

        init(at: String, kind: String, table: String, row: Int64) {
            (self.at, self.kind, self.table, self.row) = (at, kind, table, row)
        }

        /// Nil for what is no whole line.
        init?(_ line: some Sequence<UInt8>) {
            let words = String(decoding: Array(line), as: UTF8.self)
                .split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            guard words.count == 5, words[4] == ".", Self.isTime(words[0]),
                let row = WholeNumber.read(words[3][...], in: 1...Int64.max)
            else { return nil }
            self.init(at: words[0], kind: words[1], table: words[2], row: row)
        }

        /// Whether it has the form of `2026-11-30T18:40:14.123456Z`.
        private static func isTime(_ text: String) -> Bool {
            let form = "0000-00-00T00:00:00.000000Z"
            return text.utf8.count == form.utf8.count
                && zip(text.utf8, form.utf8).allSatisfy { found, wanted in
                    wanted == UInt8(ascii: "0")
                        ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(found) : found == wanted
                }
        }
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
        let (known, damaged) = try lines()
        if let first = damaged.first {
            StandardError.write(
                "garita: \(path): \(counted(damaged.count, "line")) cannot be read, the first is \(first)\n")
        }
        // A line of the future, of a clock that went wrong, must not hide all that is listed until then.
        let now = String(decoding: WallClock.bytes().prefix(19), as: UTF8.self)
        let rows = try database.run(
            Statement(
                """
                select at, kind, table_name, row_id
                from garita.list_erasures(coalesce($1::timestamptz - interval '15 minutes', '-infinity'))
                """,
                parameters: [.optionalText(known.last { $0.at.prefix(19) <= now }?.at)]))
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

    /// What is to be done again of what happened at a time or later: what was switched on again later is not ended.
    /// - Returns: those, and the numbers of lines that cannot be read.
    func toRepeat(since time: String) throws -> (entries: [Entry], damaged: [Int]) {
        let (all, damaged) = try lines()
        var begunLast: [String: String] = [:]
        for entry in all where entry.kind == "START" { begunLast["\(entry.table) \(entry.row)"] = entry.at }
        let entries = all.filter { entry in
            guard entry.at >= time, entry.kind != "START" else { return false }
            return entry.kind != "END" || begunLast["\(entry.table) \(entry.row)"].map { entry.at > $0 } ?? true
        }
        return (entries, damaged)
    }

    /// Every line, by time; and the numbers of those that are damaged.
    private func lines() throws -> (entries: [Entry], damaged: [Int]) {
        var entries: [Entry] = []
        var damaged: [Int] = []
        for (index, line) in try content().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated() where !line.isEmpty
        {
            if let entry = Entry(line) { entries.append(entry) } else { damaged.append(index + 1) }
        }
        return (entries.sorted { $0.at < $1.at }, damaged)
    }

    private func content() throws -> [UInt8] {
        var content: [UInt8] = []
        do { try PlainFile(reading: path).readPieces { content += $0 } } catch let error as OperatingSystemError {
            guard error.isMissingFile else { throw error }
        }
        return content
    }
}
