import OperatingSystem
import Web

/// The programs of PostgreSQL, of the newest version on this machine: a dump is read by its own version and later ones.
enum PostgreSQLPrograms {
    private static let folder = "/usr/lib/postgresql"

    /// Where a program of the newest version is that has it; its bare name where Debian's folders are not.
    static func path(of name: String) throws -> String {
        let versions = (try? Directories.names(in: folder)) ?? []
        let places = versions.compactMap { version in
            WholeNumber.read(version[...], in: 1...999).map { (number: $0, path: "\(folder)/\(version)/bin/\(name)") }
        }
        let found = places.sorted { $0.number > $1.number }.first { (try? Files.size($0.path)) != nil }
        return found?.path ?? name
    }
}
