import Glibc

/// The operator's terminal.
package enum Terminal {
    /// Whether somebody sits in front of standard input.
    package static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 }

    /// One line of standard input, without its end; nil at the end of input.
    ///
    /// - Parameter prompt: shown when somebody sits there; what they type is not.
    package static func readSecret(prompt: String) -> String? {
        guard isInteractive else { return readLine() }
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return readLine() }
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        // TCSAFLUSH also forgets what was typed ahead, while it was still shown.
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        // Only now: whoever answers the prompt at once must not be forgotten with it.
        StandardError.write(prompt)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
            StandardError.write("\n")
        }
        return readLine()
    }
}
