import Cryptography
import OperatingSystem
import Web

/// A directory of key files: `<purpose>.<generation>.key`, 64 hexadecimal digits each.
///
/// The operator's holds all keys, readable by its owner alone; each pool's holds copies of those it needs, readable by
/// the pool as well. A copy says behind the key when that was made (seconds since 1970), because systemd gives a pool copies
/// of the copies, which are as old as the process.
///
/// `LoadCredential=keys:FOLDER` puts the files of a folder beside other credentials, as `keys_<name>`: a directory whose
/// path ends in `_` means the files whose names begin so (systemd.exec(5)).
///
/// A new generation is announced before it is used: for a minute every worker already accepts it and none makes
/// anything with it, so that nothing made by one worker is refused by another.
struct KeyStore {
    /// What a key is for.
    ///
    /// Separate keys, because they are renewed at different times and their loss has different consequences.
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
        /// Seals the secrets of doors and webhooks.
        case outbox
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
    /// What the names of its files begin with.
    private let prefix: String
    let purposes: [Purpose]
    /// Permission bits that no key file may have.
    let forbiddenMode: UInt32
    /// The setting that problems name.
    let name: String
    /// What every key is derived from, as its only generation; nil where there are key files.
    let secretKey: Secret?

    /// The operator's keys: all of them.
    init(_ configuration: Configuration) {
        let directory = configuration.keys ?? ""
        // systemd keeps credentials for one unit, whatever their bits say.
        self.init(
            of: Purpose.allCases, directory: directory, forbiddenMode: Self.isPrefix(directory) ? 0o037 : 0o077,
            secretKey: configuration.secretKey)
    }

    /// All keys of another folder.
    init(directory: String) {
        self.init(of: Purpose.allCases, directory: directory, name: directory, forbiddenMode: 0o077)
    }

    /// The keys of some purposes, as a pool's workers read them.
    init(of purposes: [Purpose], _ configuration: Configuration) {
        self.init(of: purposes, directory: configuration.keys ?? "", secretKey: configuration.secretKey)
    }

    /// The keys of some purposes, in the operator's folder or in one with copies.
    init(
        of purposes: [Purpose], directory: String, name: String = "GARITA_KEYS", forbiddenMode: UInt32 = 0o037,
        secretKey: Secret? = nil
    ) {
        let end = Self.isPrefix(directory) ? directory.lastIndex(of: "/") : nil
        self.directory = end.map { String(directory[..<$0]) } ?? directory
        prefix = end.map { String(directory[directory.index(after: $0)...]) } ?? ""
        self.purposes = purposes
        self.forbiddenMode = forbiddenMode
        self.name = name
        self.secretKey = secretKey
    }

    private static func isPrefix(_ directory: String) -> Bool { directory.hasSuffix("_") }

    /// Makes a first generation of every key that has none.
    /// - Returns: the names of the files made.
    func makeMissing() throws -> [String] {
        guard secretKey == nil else { return [] }
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

    /// Removes a key file.
    func remove(_ purpose: Purpose, _ number: Int) throws {
        try Files.remove(path(purpose, number))
    }

    /// Generations of one purpose, newest first.
    func entries(of purpose: Purpose) throws -> [Entry] {
        // Nobody knows since when; it is in use.
        guard secretKey == nil else { return [Entry(number: 1, madeAt: 0)] }
        return try FolderOwner.act(in: directory) { () throws(OperatingSystemError) in
            var entries: [Entry] = []
            for name in try Directories.names(in: directory) where name.hasPrefix(prefix) {
                let parts = name.dropFirst(prefix.count).split(separator: ".")
                guard parts.count == 3, parts[0] == purpose.rawValue, parts[2] == "key",
                    let number = WholeNumber.read(parts[1], in: 1...999_999).map(Int.init)
                else { continue }
                entries.append(Entry(number: number, madeAt: try madeAt(purpose, number)))
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

    /// - Throws: `Configuration.Problems` when a key that the store is for is missing or cannot be opened.
    func requireReadable() throws {
        guard secretKey == nil else { return }
        for purpose in purposes {
            let entries = try entries(of: purpose)
            guard !entries.isEmpty, entries.allSatisfy({ Files.isReadable(path(purpose, $0.number)) }) else {
                throw Configuration.Problems(list: ["\(name): the key \(purpose.rawValue) cannot be read"])
            }
        }
    }

    /// When the oldest key in use was made, in seconds since 1970; nil for a store that is for no keys.
    func oldestInUse(now: Int64) throws -> Int64? {
        try purposes.compactMap { Self.current(of: try entries(of: $0), now: now)?.madeAt }.min()
    }

    func file(_ purpose: Purpose, _ number: Int) -> String { "\(purpose.rawValue).\(number).key" }

    func path(_ purpose: Purpose, _ number: Int) -> String { "\(directory)/\(prefix)\(file(purpose, number))" }
}
