import Cryptography
import OperatingSystem
import Web

/// The directory of key files: `<purpose>.<generation>.key`, 64 hexadecimal digits each, readable by its owner alone.
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

    /// Makes a first generation of every key that has none.
    /// - Returns: the names of the files made.
    func makeMissing() throws -> [String] {
        try Directories.create(directory)
        return try Purpose.allCases.filter { try entries(of: $0).isEmpty }.map { try make($0, 1) }
    }

    /// Writes a key file with a random key.
    /// - Returns: its name.
    func make(_ purpose: Purpose, _ number: Int) throws -> String {
        let line = Secret.random().exposedHexadecimal() + "\n"
        try Files.write(Array(line.utf8), to: path(purpose, number), replacing: false)
        // Made by root, read by the workers.
        try Files.giveToOwner(of: directory, path(purpose, number))
        return name(purpose, number)
    }

    /// Takes a key file away.
    func remove(_ purpose: Purpose, _ number: Int) throws {
        try Files.remove(path(purpose, number))
    }

    /// Generations of one purpose, newest first.
    func entries(of purpose: Purpose) throws -> [Entry] {
        try Directories.names(in: directory).compactMap { name -> Int? in
            let parts = name.split(separator: ".")
            guard parts.count == 3, parts[0] == purpose.rawValue, parts[2] == "key" else { return nil }
            return Int(parts[1])
        }.sorted(by: >).map { Entry(number: $0, madeAt: try Files.modifiedSeconds(path(purpose, $0))) }
    }

    /// The generation in use: the newest that has been announced long enough, else the oldest.
    static func current(of entries: [Entry], now: Int64) -> Entry? {
        entries.first { now - $0.madeAt >= announcedSeconds } ?? entries.last
    }

    /// What decides which keys a worker uses: generations, and which of them is in use.
    func state(now: Int64) throws -> [[Int]] {
        try Purpose.allCases.map { purpose in
            let entries = try entries(of: purpose)
            return entries.map(\.number) + [Self.current(of: entries, now: now)?.number ?? 0]
        }
    }

    /// All keys a worker needs.
    /// - Throws: `Configuration.Problems` when one is missing, malformed or readable by others.
    func load(now: Int64 = Time.wallSeconds()) throws -> Keys {
        let masters = try secrets(of: .master, now).map { MasterKey(generation: $0.number, secret: $0.secret) }
        let tags = try secrets(of: .codeTag, now)
        let shows = try secrets(of: .codeShow, now)
        let codes = tags.compactMap { tag in
            shows.first { $0.number == tag.number }.map {
                CodeKeys.Generation(number: tag.number, tag: tag.secret, show: $0.secret)
            }
        }
        let accounts = try secrets(of: .account, now).map {
            AccountKeys.Generation(number: $0.number, secret: $0.secret)
        }
        let factors = try secrets(of: .factor, now).map { FactorKeys.Generation(number: $0.number, secret: $0.secret) }
        guard let master = masters.first, let newest = codes.first, let account = accounts.first,
            let factor = factors.first
        else {
            throw Configuration.Problems(list: ["GARITA_KEYS: keys are missing; make them with `garita keys init`"])
        }
        return Keys(
            tokens: Tokens(signingWith: master, accepting: Array(masters.dropFirst())),
            codes: CodeKeys(newest: newest, older: Array(codes.dropFirst())),
            devices: DeviceKeys(try secrets(of: .device, now).map(\.secret)),
            accounts: AccountKeys(newest: account, older: Array(accounts.dropFirst())),
            factors: FactorKeys(newest: factor, older: Array(factors.dropFirst())))
    }

    /// The keys that seal the access log: the one in use first.
    /// - Throws: `Configuration.Problems` when there is none.
    func sealKeys(now: Int64 = Time.wallSeconds()) throws -> [SealKey] {
        let keys = try secrets(of: .seal, now).map { try SealKey(generation: $0.number, secret: $0.secret) }
        guard !keys.isEmpty else {
            throw Configuration.Problems(list: ["GARITA_KEYS: no key to seal with; make it with `garita keys init`"])
        }
        return keys
    }

    /// Everything that is wrong with the files, not only the first.
    func problems() throws -> [String] {
        var found: [String] = []
        for purpose in Purpose.allCases {
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

    private func name(_ purpose: Purpose, _ number: Int) -> String { "\(purpose.rawValue).\(number).key" }

    private func path(_ purpose: Purpose, _ number: Int) -> String { "\(directory)/\(name(purpose, number))" }

    /// The one in use first, then the others, newest first.
    private func secrets(of purpose: Purpose, _ now: Int64) throws -> [(number: Int, secret: Secret)] {
        let entries = try entries(of: purpose)
        let current = Self.current(of: entries, now: now)
        return try ((current.map { [$0] } ?? []) + entries.filter { $0 != current }).map { entry in
            (entry.number, try secret(of: purpose, entry.number))
        }
    }

    private func secret(of purpose: Purpose, _ number: Int) throws -> Secret {
        let name = name(purpose, number)
        guard try Directories.permissions(of: path(purpose, number)) & 0o077 == 0 else {
            throw Configuration.Problems(list: ["GARITA_KEYS: \(name) is readable by others; chmod 600 it"])
        }
        let text = try Files.readText(path(purpose, number), limit: 1024).filter { !$0.isWhitespace }
        do { return try Secret(hexadecimal: text) } catch {
            throw Configuration.Problems(list: ["GARITA_KEYS: \(name) is not 64 hexadecimal digits"])
        }
    }
}
