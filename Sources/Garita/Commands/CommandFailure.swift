import ArgumentParser
import OperatingSystem
import PostgreSQL

/// How a command ends when it cannot do its work: clear lines on standard error and the exit code that fits.
enum CommandFailure: Error {
    /// The data is not what the command can work with (65, `EX_DATAERR`).
    case badData(String)
    /// The work could not be done, and nothing of the data is wrong (1).
    case failed(String)

    /// Runs a command's work and turns what it throws into lines and an exit code.
    static func reported(_ work: () throws -> Void) throws {
        do {
            try work()
        } catch let problems as Configuration.Problems {
            throw exit(78, problems.description)
        } catch CommandFailure.badData(let text) {
            throw exit(65, text)
        } catch CommandFailure.failed(let text) {
            throw exit(1, text)
        } catch let error as ProgramFailure {
            throw exit(1, error.description)
        } catch let error as OperatingSystemError {
            throw exit(1, error.description)
        } catch DatabaseError.refused(let refusal) where refusal.sentence != nil {
            throw exit(65, refusal.sentence ?? "")
        } catch let error as DatabaseError {
            // The operator's own terminal: facts are welcome here, unlike in an answer.
            if case .unavailable = error { throw exit(69, error.debugDescription) }
            throw exit(1, error.debugDescription)
        }
    }

    private static func exit(_ code: Int32, _ text: String) -> ExitCode {
        for line in text.split(separator: "\n") { StandardError.write(line: Array("garita: \(line)\n".utf8), .error) }
        return ExitCode(code)
    }
}

extension SQLError {
    /// What an operator can do about it, where it is about what was typed; nil for a fault of ours.
    ///
    /// Constraints are named `<table>_<field>_<rule>`.
    fileprivate var sentence: String? {
        if isOurs { return message }
        guard let table else { return state.hasPrefix("22") ? "a value is not allowed" : nil }
        var words = (constraint ?? "").split(separator: "_").map(String.init)
        let rule = words.popLast() ?? ""
        let field = words.dropFirst(table.split(separator: "_").count).joined(separator: " ")
        switch state {
        case "23505": return "this \(field) is in use already (\(table))"
        case "23503": return "\(field): there is no such row, or another one still needs it (\(table))"
        case "23502": return "\(column ?? ""): it is missing (\(table))"
        case "23514": return "\(field): this value is not allowed: \(rule) (\(table))"
        default: return nil
        }
    }
}
