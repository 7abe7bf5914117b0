import Cryptography
import OperatingSystem

extension KeyStore {
    /// Removes the keys that another store no longer has, then copies those that this store is for, with the time each
    /// was made.
    /// - Throws: `Configuration.Problems` when one of them is malformed or readable by others.
    func follow(_ source: KeyStore) throws {
        let mode = try Directories.permissions(of: directory) & 0o640
        for purpose in Purpose.allCases {
            let numbers = try wanted(purpose, of: source).map(\.number)
            for old in try entries(of: purpose) where !numbers.contains(old.number) { try remove(purpose, old.number) }
        }
        for purpose in purposes {
            for entry in try wanted(purpose, of: source) where try !has(purpose, entry, of: source) {
                let line = try source.line(of: purpose, entry)
                try Files.write(Array(line.utf8), to: path(purpose, entry.number), mode: mode)
            }
        }
    }

    /// Whether there is nothing to copy and nothing to remove.
    func isCopy(of source: KeyStore) throws -> Bool {
        try Purpose.allCases.allSatisfy { purpose in
            let wanted = try wanted(purpose, of: source)
            return try entries(of: purpose).map(\.number) == wanted.map(\.number)
                && wanted.allSatisfy { try has(purpose, $0, of: source) }
        }
    }

    private func wanted(_ purpose: Purpose, of source: KeyStore) throws -> [Entry] {
        purposes.contains(purpose) ? try source.entries(of: purpose) : []
    }

    private func has(_ purpose: Purpose, _ entry: Entry, of source: KeyStore) throws -> Bool {
        guard try entries(of: purpose).contains(entry) else { return false }
        return try (try? line(of: purpose, entry)) == source.line(of: purpose, entry)
    }

    /// What a copy of a key file says.
    func line(of purpose: Purpose, _ entry: Entry) throws -> String {
        "\(try secret(of: purpose, entry.number).exposedHexadecimal()) \(entry.madeAt)\n"
    }
}
