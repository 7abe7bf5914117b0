import Cryptography
import OperatingSystem
import Web

/// A directory of key files: `<purpose>.<generation>.key`, 64 hexadecimal digits each.
///
/// The operator's holds all keys, readable by its owner alone; each pool's holds copies of those it needs, readable by
/// the pool as well.
///
/// A new generation is announced before it is used: for a minute every worker already accepts it and none makes
/// anything with it, so that nothing made by one worker is refused by another.
struct KeyStore {
    /// What a key is for.
    ///
    /// Separate keys, because their lives and what their loss costs differ.
    enum Purpose: String, CaseIterable {
        /// Tokens are signed with keys derived from it.
        case master
        /// Finds codes.
        case codeTag = "code-tag"
        /// Shows codes again.
        case codeShow = "code-show"
        /// Gate devices sign with keys derived from it.
        case device
        /// Hides what the database holds of log-ins.
        case account
        /// Seals what authenticators share.
        case factor
        /// Signs the seals of the access log; for the operator's commands alone.
        case seal
    }

    /// One key file.
    struct Entry: Equatable {
        let number: Int
        /// When it was made, in seconds since 1970.
        let madeAt: Int64
    }

    /// How long a generation is announced.
    static let announcedSeconds: Int64 = 60

    let directory: String
    private let purposes: [Purpose]
    /// Permission bits that no key file may have.
    private let forbiddenMode: UInt32
    /// How problems name it.
    private let name: String

    /// The operator's keys: all of them.
    init(directory: String) {
        self.directory = directory
        purposes = Purpose.allCases
        forbiddenMode = 0o077
        name = "GARITA_KEYS"
    }

    /// The keys of a pool: those it needs, in files of the operator's that it may read, or of its own.
    init(of pool: Pool, directory: String, name: String = "GARITA_KEYS") {
        self.directory = directory
        purposes = pool.purposes
        forbiddenMode = 0o037
        self.name = name
    }

    /// Makes a first generation of every key that has none.
    /// - Returns: the names of the files made.
    func makeMissing() throws -> [String] {
        try Directories.create(directory)
        return try purposes.filter { try entries(of: $0).isEmpty }.map { try make($0, 1) }
    }

    /// Writes a key file with a random key.
    /// - Returns: its name.
    func make(_ purpose: Purpose, _ number: Int) throws -> String {
        let line = Secret.random().exposedHexadecimal() + "\n"
        try Files.write(Array(line.utf8), to: path(purpose, number), replacing: false)
        return file(purpose, number)
    }

    /// Takes a key file away.
    func remove(_ purpose: Purpose, _ number: Int) throws {
        try Files.remove(path(purpose, number))
    }

    /// Generations of one purpose, newest first.
    func entries(of purpose: Purpose) throws -> [Entry] {
        try FolderOwner.act(in: directory) { () throws(OperatingSystemError) in
            var entries: [Entry] = []
            for name in try Directories.names(in: directory) {
                let parts = name.split(separator: ".")
                guard parts.count == 3, parts[0] == purpose.rawValue, parts[2] == "key",
                    let number = WholeNumber.read(parts[1], in: 1...999_999).map(Int.init)
                else { continue }
                entries.append(Entry(number: number, madeAt: try Files.modifiedSeconds(path(purpose, number))))
            }
            return entries.sorted { $0.number > $1.number }
        }
    }

    /// The generation in use: the newest that has been announced long enough, else the oldest.
    static func current(of entries: [Entry], now: Int64) -> Entry? {
        entries.first { now - $0.madeAt >= announcedSeconds } ?? entries.last
    }

    /// What decides which keys a worker uses: generations, and which of them is in use.
    func state(now: Int64) throws -> [[Int]] {
        try purposes.map { purpose in
            let entries = try entries(of: purpose)
            return entries.map(\.number) + [Self.current(of: entries, now: now)?.number ?? 0]
        }
    }

    /// All keys of the store.
    /// - Throws: `Configuration.Problems` when one is missing, malformed or readable by others.
    func load(now: Int64 = Time.wallSeconds()) throws -> Keys {
        let masters = try keys(of: .master, now)
        let codes = CodeKeys(tagging: try keys(of: .codeTag, now), showing: try keys(of: .codeShow, now))
        guard let master = masters.first, !purposes.contains(.codeTag) || codes.generation > 0 else {
            throw Configuration.Problems(list: ["\(name): keys are missing; make them with `garita keys init`"])
        }
        return Keys(
            tokens: Tokens(signingWith: master, accepting: Array(masters.dropFirst())), codes: codes,
            devices: DeviceKeys(KeyRing(try keys(of: .device, now))),
            accounts: AccountKeys(KeyRing(try keys(of: .account, now))),
            factors: KeyRing(try keys(of: .factor, now)))
    }

    /// The keys that seal the access log: the one in use first.
    /// - Throws: `Configuration.Problems` when there is none.
    func sealKeys(now: Int64 = Time.wallSeconds()) throws -> [SealKey] {
        let keys = try self.keys(of: .seal, now).map(SealKey.init)
        guard !keys.isEmpty else {
            throw Configuration.Problems(list: ["GARITA_KEYS: no key to seal with; make it with `garita keys init`"])
        }
        return keys
    }

    /// Everything that is wrong with the files, not only the first.
    func problems() throws -> [String] {
        var found: [String] = []
        for purpose in purposes {
            for entry in try entries(of: purpose) {
                do { _ = try secret(of: purpose, entry.number) } catch let problems as Configuration.Problems {
                    found += problems.list
                }
            }
        }
        guard found.isEmpty else { return found }
        do { _ = try load() } catch let problems as Configuration.Problems { found += problems.list }
        return found
    }

    private func file(_ purpose: Purpose, _ number: Int) -> String { "\(purpose.rawValue).\(number).key" }

    private func path(_ purpose: Purpose, _ number: Int) -> String { "\(directory)/\(file(purpose, number))" }

    /// The one in use first, then the others, newest first; none of a purpose that the store is not for.
    private func keys(of purpose: Purpose, _ now: Int64) throws -> [MasterKey] {
        guard purposes.contains(purpose) else { return [] }
        let entries = try entries(of: purpose)
        guard let current = Self.current(of: entries, now: now) else {
            throw Configuration.Problems(list: [
                "\(name): the key \(purpose.rawValue) is missing; make it with `garita keys init`"
            ])
        }
        return try ([current] + entries.filter { $0 != current }).map { entry in
            MasterKey(generation: entry.number, secret: try secret(of: purpose, entry.number))
        }
    }

    private func secret(of purpose: Purpose, _ number: Int) throws -> Secret {
        let (text, mode) = try content(of: purpose, number)
        guard mode & forbiddenMode == 0 else {
            let wanted = String(0o666 & ~forbiddenMode, radix: 8)
            throw problem(purpose, number, "is readable by others; chmod \(wanted) it")
        }
        do { return try Secret(hexadecimal: text) } catch {
            throw problem(purpose, number, error == .malformed ? "is not 64 hexadecimal digits" : "\(error)")
        }
    }

    private func problem(_ purpose: Purpose, _ number: Int, _ text: String) -> Configuration.Problems {
        Configuration.Problems(list: ["\(name): \(file(purpose, number)) \(text)"])
    }

    private func content(
        of purpose: Purpose, _ number: Int
    ) throws(OperatingSystemError) -> (text: String, mode: UInt32) {
        try FolderOwner.act(in: directory) { () throws(OperatingSystemError) in
            let path = path(purpose, number)
            return (try Files.readText(path, limit: 1024), try Directories.permissions(of: path))
        }
    }
}

extension KeyStore {
    /// Takes away what another store no longer has, then takes over its keys that this store is for, with the time they
    /// were made.
    /// - Throws: `Configuration.Problems` when one of them is malformed or readable by others.
    func follow(_ source: KeyStore) throws {
        let mode = try Directories.permissions(of: directory) & 0o640
        for purpose in Purpose.allCases {
            let numbers = try wanted(purpose, of: source).map(\.number)
            for old in try entries(of: purpose) where !numbers.contains(old.number) { try remove(purpose, old.number) }
        }
        for purpose in purposes {
            for entry in try wanted(purpose, of: source) where try !has(purpose, entry, of: source) {
                let line = try source.secret(of: purpose, entry.number).exposedHexadecimal() + "\n"
                try Files.write(Array(line.utf8), to: path(purpose, entry.number), mode: mode, modified: entry.madeAt)
            }
        }
    }

    /// Whether there is nothing to take over and nothing to take away.
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
        let key = try source.secret(of: purpose, entry.number).exposedHexadecimal()
        return (try? secret(of: purpose, entry.number).exposedHexadecimal()) == key
    }
}
