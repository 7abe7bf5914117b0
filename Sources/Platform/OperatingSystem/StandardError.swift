import Glibc

/// The stream the log goes to.
package enum StandardError {
    /// Writes the text in one `write(2)` call, so that lines of several processes do not mix.
    ///
    /// A failure is ignored: there is no better place to report it.
    package static func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in _ = Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count) }
    }
}
