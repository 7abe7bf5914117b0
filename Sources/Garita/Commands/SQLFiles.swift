import Cryptography
import OperatingSystem

/// One file of SQL.
struct SQLFile {
    /// `0001_sites` for a migration, the path under `sql/` for anything else.
    let name: String
    let text: String

    var checksum: String { Checksum.sha256(Array(text.utf8)) }
}

/// The files below `sql/` that make the schema.
struct SQLFiles {
    /// `migrations/0001_*.sql`, in order.
    let migrations: [SQLFile]
    /// `upgrade/from_0050_code_digits.sql`: takes a database of before the baseline to it.
    let upgrade: SQLFile
    /// `functions/<domain>/*.sql`, then `policies/*.sql`.
    let repeatable: [SQLFile]

    /// - Throws: when a directory or file cannot be read.
    init(_ directory: String) throws {
        migrations = try Self.files(in: "\(directory)/migrations").map {
            SQLFile(name: String($0.name.dropLast(".sql".count)), text: $0.text)
        }
        upgrade = SQLFile(
            name: "upgrade from_0050_code_digits",
            text: try Files.readText("\(directory)/upgrade/from_0050_code_digits.sql"))
        let domains = try Directories.names(in: "\(directory)/functions")
        repeatable =
            try domains.flatMap { try Self.files(in: "\(directory)/functions/\($0)") }
            + Self.files(in: "\(directory)/policies")
    }

    /// One checksum for all that is reloaded whole.
    var repeatableChecksum: String {
        Checksum.sha256(Array(repeatable.map { "\($0.name) \($0.checksum)" }.joined(separator: "\n").utf8))
    }

    /// The SQL files of one directory, by name.
    static func files(in directory: String) throws -> [SQLFile] {
        try Directories.names(in: directory).filter { $0.hasSuffix(".sql") }.map {
            SQLFile(name: $0, text: try Files.readText("\(directory)/\($0)"))
        }
    }
}
