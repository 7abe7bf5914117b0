import OperatingSystem
import Synchronization

/// Words and passwords that attackers try first.
///
/// The list is made by deploy/local/passwords.sh: one entry a line, in small letters without accents, sorted by byte.
package struct CommonPasswords: Sendable {
    /// A list of fewer entries is not the whole list.
    package static let minimumEntries = 100_000

    /// Where the process has its list; set once, from the settings.
    private static let file = Mutex("")

    private let list: [UInt8]

    /// - Throws: `.missing` when the file cannot be read, `.incomplete` when it is too short.
    package init(file: String) throws(CommonPasswordsError) {
        guard let list = try? Files.read(file) else { throw .missing }
        guard list.count(where: { $0 == Self.lineEnd }) >= Self.minimumEntries else { throw .incomplete }
        self.list = list
    }

    /// Sets the file of the list for this process.
    package static func use(file: String) {
        self.file.withLock { $0 = file }
    }

    /// The list of this process.
    ///
    /// Read at each call (about a millisecond): passwords are set rarely, so no worker keeps the list in memory.
    package static func inUse() throws(CommonPasswordsError) -> CommonPasswords {
        try CommonPasswords(file: file.withLock { $0 })
    }

    /// Whether the password is an entry of the list with one of the usual substitutions (``PasswordForms``), a sequence of
    /// neighbouring keys or letters, or up to three characters repeated.
    package func contains(_ password: String) -> Bool {
        let forms = PasswordForms(of: password)
        return forms.repeatsFewCharacters || forms.all.contains { PasswordForms.isRow($0) || hasEntry($0) }
    }

    private static let lineEnd = UInt8(ascii: "\n")

    /// Binary search by bytes: `low` and `high` enclose the lines that may be the entry.
    private func hasEntry(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        var low = 0
        var high = list.count
        while low < high {
            let start = (list[low..<(low + high) / 2].lastIndex(of: Self.lineEnd) ?? low - 1) + 1
            let end = list[start..<high].firstIndex(of: Self.lineEnd) ?? high
            let line = list[start..<end]
            if line.elementsEqual(wanted) { return true }
            if line.lexicographicallyPrecedes(wanted) { low = end + 1 } else { high = start }
        }
        return false
    }
}

/// Why nothing can be said about a password.
package enum CommonPasswordsError: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is no file of the list, or it cannot be read.
    case missing
    /// The file holds fewer entries than any list of ours.
    case incomplete

    /// The reason in English.
    package var description: String {
        switch self {
        case .missing: "the list of common passwords cannot be read"
        case .incomplete: "the list of common passwords is not whole"
        }
    }
}
