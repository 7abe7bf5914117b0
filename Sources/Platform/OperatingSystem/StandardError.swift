import Glibc

/// Standard error, to which the log is written.
package enum StandardError {
    /// Whether it is a terminal (isatty(3)).
    package static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// How grave a line is; the journal sorts by it (sd-daemon(3)).
    package enum Gravity: Int {
        /// Something that does not work.
        case error = 3
        /// Something to look at.
        case warning = 4
        /// All else.
        case info = 6
    }

    /// Whether systemd's journal reads it: JOURNAL_STREAM names its device and inode (systemd.exec(5)).
    private static let isJournal: Bool = {
        var status = stat()
        guard let stream = Environment.value(of: "JOURNAL_STREAM"), fstat(STDERR_FILENO, &status) == 0 else {
            return false
        }
        return stream == "\(status.st_dev):\(status.st_ino)"
    }()

    /// Writes one line, with what makes the journal know how grave it is.
    package static func write(line: [UInt8], _ gravity: Gravity) {
        write(isJournal && gravity != .info ? Array("<\(gravity.rawValue)>".utf8) + line : line)
    }

    /// Writes the text in one `write(2)` call, so that lines of several processes do not mix.
    ///
    /// A failure is ignored: there is no better place to report it.
    package static func write(_ text: String) { write(Array(text.utf8)) }

    /// The same for a text already in bytes.
    package static func write(_ text: [UInt8]) {
        text.withUnsafeBytes { bytes in _ = Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count) }
    }
}
