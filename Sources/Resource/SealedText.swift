import Cryptography
import Web

/// A code as the database hands it to a worker: a mask that anybody may read, or a seal that only the keys open.
package enum SealedText {
    /// What stands before the last two characters of a masked code.
    static let mask = "••"

    /// SQL for the mask of a row `t`: all that a role may read which may not see the code.
    package static let masked = "'\(mask)' || t.code_hint"

    /// SQL for a seal: generation of the keys, tag and sealed text.
    package static func sql(sealed: String, tag: String, generation: String) -> String {
        "\(generation) || ':' || encode(\(tag), 'hex') || ':' || encode(\(sealed), 'hex')"
    }

    /// The code of a seal; a mask stays what it is, and so looks a code whose key is gone.
    static func open(_ text: String, _ codes: CodeKeys) -> String {
        let parts = text.split(separator: ":").map(String.init)
        guard parts.count == 3, let generation = Int(parts[0]) else { return text }
        guard let tag = Hexadecimal.decode(parts[1]), let sealed = Hexadecimal.decode(parts[2]) else { return mask }
        return (try? codes.open(sealed, tag: tag, generation: generation)) ?? mask
    }
}
