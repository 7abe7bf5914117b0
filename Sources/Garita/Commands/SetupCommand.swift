import ArgumentParser
import OperatingSystem

/// `garita setup`: an installed package becomes a running residence; a second time it changes what the answers changed.
///
/// The steps are commands of Debian, nginx, PostgreSQL and Garita itself, so they are a script (`deploy/setup/`), whose
/// pieces `make run` uses too.
struct SetupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup",
        abstract: "Makes settings, database, keys, certificate, nginx's site and first administrator; starts all.",
        discussion: """
            Asks for what it must know, or takes a file of answers. It says in one line each what it did, and nothing \
            that it finds done is done again. docs/install.md lists the answers.
            """)

    /// Where the package puts the script.
    private static let script = "/usr/share/garita/setup/setup.sh"

    @Option(help: "Answers as NAME=value lines, instead of questions.")
    var file: String?

    @Flag(help: "No questions: what a try-out needs, with a certificate that no browser knows.")
    var defaults = false

    func validate() throws {
        guard file == nil || !defaults else { throw ValidationError("--file or --defaults, not both") }
    }

    func run() throws {
        try CommandFailure.reported {
            try ThisProcess.become(Self.script, file.map { ["--file", $0] } ?? (defaults ? ["--defaults"] : []))
        }
    }
}
