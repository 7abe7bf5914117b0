import CCrackLib
import Glibc
import Synchronization

/// Passwords that everybody tries first, as cracklib knows them.
///
/// The list is Debian's (`cracklib-runtime`, rebuilt from the word lists in `/usr/share/dict`).
package enum CommonPasswords {
    /// A longer one is nobody's common password, and cracklib works in buffers of 1024 bytes.
    private static let maximumBytes = 256

    /// cracklib keeps the open dictionary in static memory, so one question at a time (tests ask several).
    private static let turn = Mutex(())

    /// Whether the password is a word, a name or a pattern of the dictionary, also turned round, with digits around it
    /// or with digits for letters.
    ///
    /// - Throws: when the dictionary cannot be read: cracklib would end the process.
    package static func contains(_ password: String) throws(CommonPasswordsError) -> Bool {
        guard hasDictionary, let path = GetDefaultCracklibDict() else { throw .noDictionary }
        guard password.utf8.count <= maximumBytes else { return false }
        // cracklib(3): null when the password is good, else a constant text with the reason. Without a user it asks
        // nothing about the account of the process.
        return turn.withLock { _ in FascistCheckUser(password, path, nil, nil) != nil }
    }

    /// Whether the dictionary is installed and readable.
    package static var hasDictionary: Bool {
        guard let path = GetDefaultCracklibDict() else { return false }
        return ["hwm", "pwd", "pwi"].allSatisfy { access("\(String(cString: path)).\($0)", R_OK) == 0 }
    }
}

/// Why nothing can be said about a password.
package enum CommonPasswordsError: Error, Equatable, Sendable, CustomStringConvertible {
    /// cracklib's dictionary is missing.
    case noDictionary

    /// The reason in English.
    package var description: String { "The dictionary of common passwords is missing: install cracklib-runtime" }
}
