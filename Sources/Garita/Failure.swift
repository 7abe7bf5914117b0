import ArgumentParser
import OperatingSystem
import PostgreSQL

/// How a command ends when it cannot do its work: clear lines on standard error and the exit code that fits.
enum Failure: Error {
    /// The data is not what the command can work with (65, `EX_DATAERR`).
    case badData(String)

    /// Runs a command's work and turns what it throws into lines and an exit code.
    static func reported(_ work: () throws -> Void) throws {
        do {
            try work()
        } catch let problems as Configuration.Problems {
            throw exit(78, problems.description)
        } catch Failure.badData(let text) {
            throw exit(65, text)
        } catch let error as OperatingSystemError {
            throw exit(1, error.description)
        } catch let error as DatabaseError {
            // The operator's own terminal: facts are welcome here, unlike in an answer.
            if case .unavailable = error { throw exit(69, error.debugDescription) }
            throw exit(1, error.debugDescription)
        }
    }

    private static func exit(_ code: Int32, _ text: String) -> ExitCode {
        for line in text.split(separator: "\n") { StandardError.write("garita: \(line)\n") }
        return ExitCode(code)
    }
}
