import Cryptography
import OperatingSystem
import Web

/// The directory of key files: `<purpose>.<generation>.key`, 64 hexadecimal digits each, readable by its owner alone.
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
    }

    let directory: String

    /// Makes a first generation of every key that has none.
    /// - Returns: the names of the files made.
    func makeMissing() throws -> [String] {
        try Directories.create(directory)
        return try Purpose.allCases.filter { try generations(of: $0).isEmpty }.map { purpose in
            let name = "\(purpose.rawValue).1.key"
            let line = Secret.random().exposedHexadecimal() + "\n"
            try Files.write(Array(line.utf8), to: "\(directory)/\(name)", replacing: false)
            return name
        }
    }

    /// All keys a worker needs.
    /// - Throws: `Configuration.Problems` when one is missing, malformed or readable by others.
    func load() throws -> Keys {
        let masters = try secrets(of: .master).map { MasterKey(generation: $0.number, secret: $0.secret) }
        let tags = try secrets(of: .codeTag)
        let shows = try secrets(of: .codeShow)
        let codes = tags.compactMap { tag in
            shows.first { $0.number == tag.number }.map {
                CodeKeys.Generation(number: tag.number, tag: tag.secret, show: $0.secret)
            }
        }
        let accounts = try secrets(of: .account).map { AccountKeys.Generation(number: $0.number, secret: $0.secret) }
        guard let master = masters.first, let newest = codes.first, let account = accounts.first else {
            throw Configuration.Problems(list: ["GARITA_KEYS: keys are missing; make them with `garita keys init`"])
        }
        return Keys(
            tokens: Tokens(signingWith: master, accepting: Array(masters.dropFirst())),
            codes: CodeKeys(newest: newest, older: Array(codes.dropFirst())),
            devices: DeviceKeys(try secrets(of: .device).map(\.secret)),
            accounts: AccountKeys(newest: account, older: Array(accounts.dropFirst())))
    }

    /// Generations of one purpose, newest first.
    private func generations(of purpose: Purpose) throws -> [Int] {
        try Directories.names(in: directory).compactMap { name in
            let parts = name.split(separator: ".")
            guard parts.count == 3, parts[0] == purpose.rawValue, parts[2] == "key" else { return nil }
            return Int(parts[1])
        }.sorted(by: >)
    }

    private func secrets(of purpose: Purpose) throws -> [(number: Int, secret: Secret)] {
        try generations(of: purpose).map { number in
            let name = "\(purpose.rawValue).\(number).key"
            let path = "\(directory)/\(name)"
            guard try Directories.permissions(of: path) & 0o077 == 0 else {
                throw Configuration.Problems(list: ["GARITA_KEYS: \(name) is readable by others; chmod 600 it"])
            }
            let text = try Files.readText(path, limit: 1024).filter { !$0.isWhitespace }
            do { return (number, try Secret(hexadecimal: text)) } catch {
                throw Configuration.Problems(list: ["GARITA_KEYS: \(name) is not 64 hexadecimal digits"])
            }
        }
    }
}
