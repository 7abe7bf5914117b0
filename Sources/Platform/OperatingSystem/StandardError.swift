import Glibc

/// Standard error, to which the log is written.
package enum StandardError {
    /// Whether it is a terminal (isatty(3)).
    package static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes the text in one `write(2)` call, so that lines of several processes do not mix.
    ///
    /// A failure is ignored: there is no better place to report it.
    package static func write(_ text: String) { write(Array(text.utf8)) }

    /// The same for a text already in bytes.
    package static func write(_ text: [UInt8]) {
        text.withUnsafeBytes { bytes in _ = Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count) }
    }
}
