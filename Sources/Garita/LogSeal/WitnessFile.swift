import OperatingSystem
import PostgreSQL
import Web

/// A file of one line for each seal, append-only, of which another machine keeps a copy.
final class WitnessFile {
    private let path: String
    private var last: Int64
    /// What a line that was cut off by a crash needs before the next one.
    private var separator: String

    /// - Throws: when the file holds something else.
    init(_ path: String) throws {
        self.path = path
        let content = try Self.content(of: path)
        last = try Self.lines(in: content, path).keys.max() ?? 0
        separator = content.last == nil || content.last == UInt8(ascii: "\n") ? "" : "\n"
    }

    /// Appends every seal the file does not have yet, also those of a run that was killed before it could.
    func catchUp(_ database: Database) throws {
        let missing = try database.run(
            Statement(
                "select \(LogSeal.columns) from garita.log_seals s where s.number > $1 order by s.number",
                parameters: [.integer(last)])
        ).map { try LogSeal($0) }
        guard let newest = missing.last else { return }
        let text = separator + missing.map { $0.witnessLine + "\n" }.joined()
        try Files.append(Array(text.utf8), to: path)
        last = newest.number
        separator = ""
    }

    /// - Throws: `CommandFailure.badData` where the file is ahead of the database, as after a restore: what it would
    ///   be given next bears numbers that it has.
    func check(_ database: Database) throws {
        let newest = try database.run(Statement("select coalesce(max(number), 0) from garita.log_seals")).single()
            .integer(0)
        guard last <= newest else {
            throw CommandFailure.badData(
                "\(path) has seal \(last), the database ends with \(newest): look with `garita verify-log`, keep that"
                    + " file, and begin another one")
        }
    }

    /// How many rows a line says that its seal covers.
    static func rows(in line: String) -> Int64 {
        let text = line.split(separator: ",").first { $0.hasPrefix(#""rows":"#) } ?? ""
        return WholeNumber.read(text.dropFirst(7), in: 0...Int64(Sealer.batch)) ?? 0
    }

    /// The lines by number of their seal; none when there is no file yet.
    static func lines(of path: String) throws -> [Int64: String] { try lines(in: content(of: path), path) }

    private static func content(of path: String) throws -> [UInt8] {
        var content: [UInt8] = []
        do { try Files.readPieces(of: path) { content += $0 } } catch let error as OperatingSystemError {
            guard error.isMissingFile else { throw error }
        }
        return content
    }

    private static func lines(in content: [UInt8], _ path: String) throws -> [Int64: String] {
        var lines: [Int64: String] = [:]
        for line in content.split(separator: UInt8(ascii: "\n")) {
            let line = String(decoding: line, as: UTF8.self)
            let numeral = line.dropFirst(8).prefix { $0 != "," }
            guard line.hasPrefix(#"{"seal":"#), let number = WholeNumber.read(numeral, in: 1...Int64.max) else {
                throw CommandFailure.badData("\(path) is no file of seals")
            }
            // Cut off by a crash: the seal was appended again.
            if line.hasSuffix("}") { lines[number] = line }
        }
        return lines
    }
}
