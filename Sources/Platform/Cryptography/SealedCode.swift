import Crypto

/// A code that can be shown again by who holds the key: AES-256-GCM, bound to the row's tag so that ciphertexts cannot
/// be exchanged between rows.
package enum SealedCode {
    /// 12 bytes of random nonce, the ciphertext, 16 bytes of authentication code.
    ///
    /// - Parameters:
    ///   - tag: the code's tag (`GateCode.tag`), authenticated, not hidden.
    ///   - key: the code-show key.
    package static func seal(_ code: String, tag: [UInt8], key: Secret) throws(SealedCodeError) -> [UInt8] {
        do {
            let box = try AES.GCM.seal(Array(code.utf8), using: key.key, authenticating: tag)
            guard let combined = box.combined else { throw SealedCodeError.sealingFailed }
            return Array(combined)
        } catch { throw .sealingFailed }
    }

    /// The code again; throws when key, tag or a single bit is not the one it was sealed with.
    package static func open(_ sealed: [UInt8], tag: [UInt8], key: Secret) throws(SealedCodeError) -> String {
        do {
            let bytes = try AES.GCM.open(AES.GCM.SealedBox(combined: sealed), using: key.key, authenticating: tag)
            guard let code = String(validating: bytes, as: UTF8.self) else { throw SealedCodeError.cannotOpen }
            return code
        } catch { throw .cannotOpen }
    }
}

/// Why a code cannot be sealed or opened; says nothing of the code.
package enum SealedCodeError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The library failed, which means memory ran out.
    case sealingFailed
    /// Another key, another row, or changed bytes.
    case cannotOpen
    /// This pool holds no key of that kind, or none of that generation.
    case noKey

    /// The reason in English.
    package var description: String {
        switch self {
        case .sealingFailed: "The code could not be sealed"
        case .cannotOpen: "The code cannot be opened with this key"
        case .noKey: "No key of that kind and generation is held here"
        }
    }
}
