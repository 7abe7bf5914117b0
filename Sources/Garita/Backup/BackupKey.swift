import Cryptography
import Web

/// The key of one generation that signs manifests and authenticates lines of the list of erasures: it follows from the key `seal`, which no worker has.
///
/// Encryption alone does not tell who made a backup: whoever knows the public key of age can encrypt.
struct BackupKey {
    let generation: Int
    private let key: SigningKey
    private let lineKey: Secret

    init(_ master: MasterKey) throws {
        generation = master.generation
        key = try SigningKey(from: master.secret, label: "backup/manifest")
        lineKey = master.secret.derive("backup/erasures")
    }

    /// The content of `manifest.sig`: the key's generation and the signature, one line.
    func signatureLine(for manifest: [UInt8]) throws -> [UInt8] {
        Array("\(generation) \(Hexadecimal.encode(try key.signature(for: manifest)))\n".utf8)
    }

    /// What stands behind a line of the list of erasures: generation and HMAC-SHA256, such as `1:9f2c…`.
    func tag(of line: String) -> String {
        "\(generation):\(Hexadecimal.encode(lineKey.authenticationCode(for: Array(line.utf8))))"
    }

    /// Whether such a tag was made by one of the keys for this line.
    static func holds(_ tag: Substring, of line: String, keys: [BackupKey]) -> Bool {
        let words = tag.split(separator: ":", omittingEmptySubsequences: false)
        guard words.count == 2, let code = Hexadecimal.decode(String(words[1])) else { return false }
        return keys.contains {
            words[0] == "\($0.generation)" && $0.lineKey.isAuthenticationCode(code, for: Array(line.utf8))
        }
    }

    /// Whether a line is the signature of a manifest, to the letter, by one of the keys.
    static func holds(_ line: [UInt8], for manifest: [UInt8], keys: [BackupKey]) -> Bool {
        let words = String(decoding: line, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, words[1].last == "\n", let generation = WholeNumber.read(words[0], in: 1...999_999),
            let signature = Hexadecimal.decode(String(words[1].dropLast())),
            let key = keys.first(where: { Int64($0.generation) == generation })
        else { return false }
        return words[1].lowercased() == words[1]
            && SigningKey.isSignature(signature, for: manifest, by: key.key.publicKey)
    }
}
