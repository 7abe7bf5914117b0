import OperatingSystem
import PostgreSQL
import Web

/// What was erased, deleted or switched off, in a file that outlives the database: times and numbers, no names.
///
/// Erased people would otherwise come back with a restored backup, and so would a lost card.
struct ErasureJournal {
    /// What one line says, such as `2026-11-30T18:40:14.123456Z DELETE visitors 17 1:9f2c… .`.
    ///
    /// The point says that the line is whole: a number that a crash cut off would be that of somebody else. Before it stands
    /// the tag of a ``BackupKey``, or a hyphen where the writer had no key.
    struct Entry: Equatable {
        let at: String
        let kind: String
        let table: String
        let row: Int64

        var text: String { "\(at) \(kind) \(table) \(row)" }

        init(at: String, kind: String, table: String, row: Int64) {
            (self.at, self.kind, self.table, self.row) = (at, kind, table, row)
        }

        /// Nil for words that are none.
        init?(_ words: [Substring]) {
            guard words.count == 6, words[5] == ".", Self.isTime(words[0]),
                let row = WholeNumber.read(words[3], in: 1...Int64.max)
            else { return nil }
            self.init(at: String(words[0]), kind: String(words[1]), table: String(words[2]), row: row)
        }

        /// Whether it has the form of `2026-11-30T18:40:14.123456Z`.
        private static func isTime(_ text: Substring) -> Bool {
            let form = "0000-00-00T00:00:00.000000Z"
            return text.utf8.count == form.utf8.count
                && zip(text.utf8, form.utf8).allSatisfy { found, wanted in
                    wanted == UInt8(ascii: "0")
                        ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(found) : found == wanted
                }
        }
    }

    /// All lines, by time.
    private struct Content {
        var entries: [Entry] = []
        /// Numbers of lines that cannot be read.
        var damaged: [Int] = []
        /// Numbers of lines that none of the keys has signed.
        var unsigned: [Int] = []
    }

    private static let name = "erasures"

    private let path: String
    private let keys: [BackupKey]?
    private let takesUnsigned: Bool

    /// - Parameters:
    ///   - folder: of the backups.
    ///   - keys: what signs lines; nil where no key is at hand: then lines are neither signed nor compared.
    ///   - takesUnsigned: whether lines that none of them has signed are believed.
    init(in folder: String, keys: [BackupKey]?, takesUnsigned: Bool = false) {
        path = "\(folder)/\(Self.name)"
        self.keys = keys
        self.takesUnsigned = takesUnsigned
    }

    /// Appends what the audit has gained.
    ///
    /// An entry is written when its transaction began and seen when it ended; so the last quarter of an hour is read
    /// again. What none of the keys has signed is listed again.
    /// - Returns: how many lines.
    @discardableResult
    func catchUp(_ database: Database) throws -> Int {
        let known = try content()
        for (lines, fault) in [(known.damaged, "cannot be read"), (known.unsigned, "is not signed by one of our keys")]
        {
            guard let first = lines.first else { continue }
            StandardError.write("garita: \(path): line \(first) \(fault); lines of which that is so: \(lines.count)\n")
        }
        // A line of the future, of a clock that went wrong, must not hide all that is listed until then.
        let now = String(decoding: WallClock.bytes().prefix(19), as: UTF8.self)
        let rows = try database.run(
            Statement(
                """
                select at, kind, table_name, row_id
                from garita.list_erasures(coalesce($1::timestamptz - interval '15 minutes', '-infinity'))
                """,
                parameters: [.optionalText(known.entries.last { $0.at.prefix(19) <= now }?.at)]))
        let seen = Set(known.entries.suffix(100_000).map(\.text))
        let fresh = try rows.map {
            Entry(at: try $0.text(0), kind: try $0.text(1), table: try $0.text(2), row: try $0.integer(3)).text
        }.filter { !seen.contains($0) }
        guard !fresh.isEmpty else { return 0 }
        // Behind a line that a crash cut off.
        let isCut = try bytes().last.map { $0 != UInt8(ascii: "\n") } ?? false
        let lines = fresh.map { "\($0) \(keys?.first?.tag(of: $0) ?? "-") .\n" }
        try Files.append(Array(((isCut ? "\n" : "") + lines.joined()).utf8), to: path)
        return fresh.count
    }

    /// - Throws: `CommandFailure.badData` for lines that none of the keys has signed: somebody else may have written them.
    func check() throws {
        let unsigned = try content().unsigned
        guard unsigned.isEmpty else {
            throw CommandFailure.badData(
                "\(path): not signed by a key that is here: line \(unsigned.prefix(10).map(String.init).joined(separator: ", "))"
                    + (unsigned.count > 10 ? " and more" : "")
                    + "; take the lines out, or read them and use --unsigned-erasures")
        }
    }

    /// What is to be done again of what happened at a time or later: what was switched on again later is not ended.
    /// - Returns: those, and the numbers of lines that cannot be read.
    func toRepeat(since time: String) throws -> (entries: [Entry], damaged: [Int]) {
        let all = try content()
        var begunLast: [String: String] = [:]
        for entry in all.entries where entry.kind == "START" { begunLast["\(entry.table) \(entry.row)"] = entry.at }
        let entries = all.entries.filter { entry in
            guard entry.at >= time, entry.kind != "START" else { return false }
            return entry.kind != "END" || begunLast["\(entry.table) \(entry.row)"].map { entry.at > $0 } ?? true
        }
        return (entries, all.damaged)
    }

    private func content() throws -> Content {
        var content = Content()
        for (index, line) in try bytes().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated() where !line.isEmpty
        {
            let words = String(decoding: line, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
            guard let entry = Entry(words) else {
                content.damaged.append(index + 1)
                continue
            }
            let isBelieved = takesUnsigned || keys.map { BackupKey.holds(words[4], of: entry.text, keys: $0) } ?? true
            if isBelieved { content.entries.append(entry) } else { content.unsigned.append(index + 1) }
        }
        content.entries.sort { $0.at < $1.at }
        return content
    }

    private func bytes() throws -> [UInt8] {
        var bytes: [UInt8] = []
        do { try PlainFile(reading: path).readPieces { bytes += $0 } } catch let error as OperatingSystemError {
            guard error.isMissingFile else { throw error }
        }
        return bytes
    }
}
