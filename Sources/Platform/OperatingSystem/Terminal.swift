import Glibc

/// The operator's terminal.
package enum Terminal {
    /// Whether standard input is a terminal (isatty(3)).
    package static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 }

    /// Hands on what was printed so far: to a pipe it would wait until there is more (setvbuf(3)).
    package static func flush() { fflush(nil) }

    /// One line of standard input, without its end; nil at the end of input.
    ///
    /// - Parameter prompt: written to standard error when input is a terminal; what is typed there is not shown.
    package static func readSecret(prompt: String) -> String? {
        guard isInteractive else { return readLine() }
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return readLine() }
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        // TCSAFLUSH also discards what was typed before, while it was still shown.
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        // Not before that, so that an answer typed at once is not discarded.
        StandardError.write(prompt)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
            StandardError.write("\n")
        }
        return readLine()
    }
}
