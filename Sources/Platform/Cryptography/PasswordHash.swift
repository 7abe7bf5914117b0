import Crypto
import CryptoExtras

/// A stored password in Django's format, `pbkdf2_sha256$iterations$salt$base64`: hashes of the legacy system verify
/// here, and ours there.
package struct PasswordHash: Equatable, Sendable {
    /// Iterations of new hashes: about a quarter of a second of one core.
    package static let iterations = 1_000_000

    /// A stored count above this is refused: checking one password would hold a worker for more than two seconds.
    package static let maximumIterations = 10_000_000

    private static let algorithm = "pbkdf2_sha256"

    private let iterations: Int
    private let salt: String
    private let digest: SymmetricKey

    /// Reads a stored hash.
    package init(_ stored: String) throws(PasswordHashError) {
        let parts = stored.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == Self.algorithm, !parts[2].isEmpty,
            let iterations = Int(parts[1]), iterations > 0, String(iterations) == parts[1],
            let digest = Base64.decode(parts[3]), digest.count == SHA256.byteCount
        else { throw .unknownFormat }
        guard iterations <= Self.maximumIterations else { throw .tooManyIterations }
        self.init(iterations: iterations, salt: String(parts[2]), digest: SymmetricKey(data: digest))
    }

    private init(iterations: Int, salt: String, digest: SymmetricKey) {
        self.iterations = iterations
        self.salt = salt
        self.digest = digest
    }

    /// Hashes a new password with a fresh salt of 22 letters and digits (131 bits).
    package static func make(_ password: String) throws(PasswordHashError) -> PasswordHash {
        var generator = SystemRandomNumberGenerator()
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        let salt = RandomCode.draw(22, from: letters, using: &generator)
        let digest = try derive(password, salt: salt, iterations: iterations)
        return PasswordHash(iterations: iterations, salt: salt, digest: digest)
    }

    /// A hash that no password matches, of today's cost: checking it makes an unknown user as slow as a known one.
    package static let dummy = PasswordHash(
        iterations: iterations, salt: "unknownUserUnknownUser", digest: SymmetricKey(size: .bits256))

    /// The text to store.
    package var stored: String {
        "\(Self.algorithm)$\(iterations)$\(salt)$\(Base64.encode(digest.withUnsafeBytes { Array($0) }))"
    }

    /// Whether `password` is the one; takes the same time wherever it differs (keys compare in constant time).
    package func matches(_ password: String) -> Bool {
        guard let derived = try? Self.derive(password, salt: salt, iterations: iterations) else { return false }
        return derived == digest
    }

    /// Computes the rounds that an older hash lacks, so that a wrong password takes the same time for every account.
    package func spendRest(on password: String) {
        guard needsUpgrade else { return }
        _ = try? Self.derive(password, salt: salt, iterations: Self.iterations - iterations)
    }

    /// Whether it was made with fewer iterations than today's: then it is replaced at the next log-in, when the password
    /// is known.
    package var needsUpgrade: Bool { iterations < Self.iterations }

    /// "Unchecked" in swift-crypto means only that counts below 210,000 are let through, as old hashes need it.
    private static func derive(_ password: String, salt: String, iterations: Int) throws(PasswordHashError)
        -> SymmetricKey
    {
        do {
            return try KDF.Insecure.PBKDF2.deriveKey(
                from: Array(password.utf8), salt: Array(salt.utf8), using: .sha256,
                outputByteCount: SHA256.byteCount, unsafeUncheckedRounds: iterations)
        } catch { throw .derivationFailed }
    }
}

extension PasswordHash: CustomStringConvertible, CustomReflectable {
    /// Not the hash: it belongs in one column and in no log.
    package var description: String { "PasswordHash" }

    /// No children, so that `dump` and failed expectations have nothing to show.
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a hash cannot be used.
package enum PasswordHashError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Another algorithm, Django's unusable password (`!…`), or no hash at all.
    case unknownFormat
    /// More iterations than we are willing to compute.
    case tooManyIterations
    /// The library failed, which means memory ran out.
    case derivationFailed

    /// The reason in English.
    package var description: String {
        switch self {
        case .unknownFormat: "The stored password has an unknown format"
        case .tooManyIterations: "The stored password asks for too many iterations"
        case .derivationFailed: "The password could not be hashed"
        }
    }
}
