import JSON
import Web

/// What a backup says of itself: `manifest.json`, which `manifest.sig` signs.
///
/// It holds numbers and names of tables, nothing of a person, and is not encrypted: where no private key is, it still
/// tells whether every file is the one that was written.
struct BackupManifest: Equatable {
    /// Of this version of the layout.
    static let format: Int64 = 1
    static let name = "manifest.json"
    static let signature = "manifest.sig"

    /// One file beside the manifest.
    struct File: Equatable {
        let name: String
        let size: Int64
        let sha256: String
    }

    /// Rows of one table in the snapshot.
    struct Count: Equatable {
        let table: String
        let rows: Int64
    }

    /// The name of the backup's folder.
    let name: String
    /// The time of the snapshot, by the database's clock, in seconds since 1970.
    let takenAt: Int64
    /// The version of Garita that made it.
    let version: String
    /// The last migration of the snapshot.
    let schema: String
    /// The version of PostgreSQL.
    let server: String
    let counts: [Count]
    /// Photos that rows name, and files of those that were there.
    let photosNamed: Int64
    let photoFiles: Int64
    let files: [File]

    var bytes: [UInt8] { json.serialized() + [UInt8(ascii: "\n")] }

    private var json: JSON {
        .object([
            .init(name: "format", value: .integer(Self.format)), .init(name: "name", value: .string(name)),
            .init(name: "taken_at", value: .integer(takenAt)), .init(name: "garita", value: .string(version)),
            .init(name: "schema", value: .string(schema)), .init(name: "postgresql", value: .string(server)),
            .init(name: "rows", value: .object(counts.map { .init(name: $0.table, value: .integer($0.rows)) })),
            .init(name: "photos_named", value: .integer(photosNamed)),
            .init(name: "photo_files", value: .integer(photoFiles)),
            .init(
                name: "files",
                value: .array(
                    files.map {
                        .object([
                            .init(name: "name", value: .string($0.name)),
                            .init(name: "bytes", value: .integer($0.size)),
                            .init(name: "sha256", value: .string($0.sha256)),
                        ])
                    })),
        ])
    }
}

extension BackupManifest {
    /// - Throws: `CommandFailure.badData` for another format or no manifest at all.
    init(_ bytes: [UInt8]) throws {
        guard let json = try? JSON(parsing: bytes, maximumBytes: 1_048_576) else { throw Self.damaged }
        guard let format = json["format"]?.integerValue else { throw Self.damaged }
        guard format == Self.format else {
            throw CommandFailure.badData(
                "\(Self.name): format \(format) is of another Garita (\(json["garita"]?.stringValue ?? "?"));"
                    + " this one reads format \(Self.format)")
        }
        func text(_ name: String) throws -> String {
            guard let text = json[name]?.stringValue else { throw Self.damaged }
            return text
        }
        func number(_ name: String) throws -> Int64 {
            guard let number = json[name]?.integerValue else { throw Self.damaged }
            return number
        }
        let counts = try (json["rows"]?.members ?? []).map { member -> Count in
            guard let rows = member.value.integerValue else { throw Self.damaged }
            return Count(table: member.name, rows: rows)
        }
        let files = try (json["files"]?.elements ?? []).map { file -> File in
            guard let name = file["name"]?.stringValue, let size = file["bytes"]?.integerValue,
                let sum = file["sha256"]?.stringValue
            else { throw Self.damaged }
            return File(name: name, size: size, sha256: sum)
        }
        self.init(
            name: try text("name"), takenAt: try number("taken_at"), version: try text("garita"),
            schema: try text("schema"), server: try text("postgresql"), counts: counts,
            photosNamed: try number("photos_named"), photoFiles: try number("photo_files"), files: files)
    }

    private static let damaged = CommandFailure.badData("\(name) is damaged")
}
