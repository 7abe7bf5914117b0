import OperatingSystem

/// Encrypts what leaves this machine (age, https://age-encryption.org/v1).
///
/// Only the public half is needed to encrypt: the machine that makes backups cannot read them. Every piece of a file is
/// authenticated, and so is its end.
enum Age {
    /// Turns what it reads into what only the recipients can open.
    /// - Parameter recipients: a file of public keys, one a line.
    static func sealing(for recipients: String) -> Program {
        Program(["age", "--encrypt", "--recipients-file", recipients])
    }

    /// The other way round.
    /// - Parameter identity: the file of the private key; age asks for its passphrase where it has one.
    static func opening(with identity: String) -> Program {
        Program(["age", "--decrypt", "--identity", identity])
    }

    /// - Throws: `Configuration.Problems` where backups could not be encrypted, or by a key that could open them.
    static func recipients(_ configuration: Configuration) throws -> String {
        guard let path = configuration.backupRecipients else {
            throw Configuration.Problems(list: ["GARITA_BACKUP_RECIPIENTS is not set: a file of public keys of age"])
        }
        let lines = try Files.readText(path, limit: 65_536).split(whereSeparator: \.isNewline).map(String.init)
        guard !lines.contains(where: { $0.hasPrefix("AGE-SECRET-KEY-") }) else {
            throw Configuration.Problems(list: [
                "GARITA_BACKUP_RECIPIENTS holds a private key; it belongs on another machine, here only the line age1…"
            ])
        }
        guard lines.contains(where: { $0.hasPrefix("age1") || $0.hasPrefix("ssh-") }) else {
            throw Configuration.Problems(list: ["GARITA_BACKUP_RECIPIENTS holds no public key"])
        }
        return path
    }
}
