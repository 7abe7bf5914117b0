import Cryptography
import OperatingSystem
import Web

extension KeyStore {
    /// All keys of the store.
    /// - Throws: `Configuration.Problems` when one is missing, malformed or readable by others.
    func load(now: Int64 = Time.wallSeconds()) throws -> Keys {
        let masters = try keys(of: .master, now)
        let codes = CodeKeys(tagging: try keys(of: .codeTag, now), showing: try keys(of: .codeShow, now))
        guard !purposes.contains(.codeTag) || codes.generation > 0 else {
            throw Configuration.Problems(list: ["\(name): keys are missing; make them with `garita keys init`"])
        }
        // Whoever holds none takes no token: nobody signs with a key that nobody else has.
        let master = masters.first ?? MasterKey(generation: 1, secret: Secret.random())
        return Keys(
            tokens: Tokens(signingWith: master, accepting: Array(masters.dropFirst())), codes: codes,
            devices: DeviceKeys(KeyRing(try keys(of: .device, now))),
            accounts: AccountKeys(KeyRing(try keys(of: .account, now))),
            factors: KeyRing(try keys(of: .factor, now)), outbox: KeyRing(try keys(of: .outbox, now)))
    }

    /// The keys of the process that empties the outbox.
    /// - Throws: `Configuration.Problems` when one is missing, malformed or readable by others.
    func outboxKeys(now: Int64 = Time.wallSeconds()) throws -> (secrets: KeyRing, codes: CodeKeys) {
        (
            KeyRing(try keys(of: .outbox, now)),
            CodeKeys(tagging: try keys(of: .codeTag, now), showing: try keys(of: .codeShow, now))
        )
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

    /// The keys that sign backups, which follow from those that seal: the one in use first.
    /// - Throws: `Configuration.Problems` when there is none.
    func backupKeys(now: Int64 = Time.wallSeconds()) throws -> [BackupKey] {
        try keys(of: .seal, now).map(BackupKey.init)
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
        do { for purpose in purposes { _ = try keys(of: purpose, Time.wallSeconds()) } } catch let problems
            as Configuration.Problems
        { found += problems.list }
        return found
    }

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

    /// The key of one file.
    /// - Throws: `Configuration.Problems` when it is malformed or readable by others.
    func secret(of purpose: Purpose, _ number: Int) throws -> Secret {
        if let secretKey { return secretKey.derive("garita-key/\(purpose.rawValue)/\(number)") }
        let (text, mode) = try content(of: purpose, number)
        let line = Line(text)
        guard mode & forbiddenMode == 0 else {
            let wanted = String(0o666 & ~forbiddenMode, radix: 8)
            throw problem(purpose, number, "is readable by others; chmod \(wanted) it")
        }
        do { return try Secret(hexadecimal: line.key) } catch {
            throw problem(purpose, number, error == .malformed ? "is not 64 hexadecimal digits" : "\(error)")
        }
    }

    /// When a key was made, in seconds since 1970: as the file says, else when it was written.
    func madeAt(_ purpose: Purpose, _ number: Int) throws(OperatingSystemError) -> Int64 {
        let path = path(purpose, number)
        // What cannot be read is reported where the key itself is wanted.
        if let text = try? Files.readText(path, limit: 1024), let time = Line(text).madeAt { return time }
        return try Files.modifiedSeconds(path)
    }

    /// The content of a key file.
    private struct Line {
        /// What should be 64 hexadecimal digits.
        let key: String
        let madeAt: Int64?

        init(_ text: String) {
            let words = text.split(whereSeparator: \.isWhitespace)
            let time = words.count == 2 ? WholeNumber.read(words[1], in: 0...Int64.max) : nil
            madeAt = time
            key = time == nil ? text : String(words[0])
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
