import Images
import PostgreSQL

/// The only place where database errors become answers.
extension HTTPError {
    /// Whatever was thrown, as an answer.
    package init(_ error: any Error) {
        switch error {
        case let error as HTTPError: self = error
        case let error as DatabaseError: self.init(database: error)
        // A full disk, or memory at its end: not the fault of the picture, and not for ever.
        case ImageError.noRoom, ImageError.libraryFailure: self = .unavailable
        default: self = .internalError
        }
    }

    private init(database error: DatabaseError) {
        switch error {
        case .unavailable: self = .unavailable
        case .timeout, .outcomeUnknown: self.init(503, .outcomeUnknown, headers: [Header("Retry-After", "1")])
        case .refused(let refusal): self.init(refusal)
        default: self = .internalError
        }
    }

    private init(_ error: SQLError) {
        // Our own sentences are in SQL (errcode 'GA…'): English in the message, Spanish in the detail, a stable code in the hint.
        let said = Text(error.message, es: error.detail ?? error.message)
        switch error.state {
        case "GA400": self = .invalid([FieldError(error.hint ?? FieldError.wholeObject, said)])
        case "GA401": self = .unauthenticated(.detail(said, code: error.hint))
        case "GA403" where Self.toldReasons.contains(error.hint ?? ""): self.init(403, said, code: error.hint)
        case "GA403": self = .forbidden
        case "GA404": self.init(404, said)
        case "GA406": self.init(406, said)
        case "GA409": self.init(409, said, code: error.hint)
        case "GA429":
            // The hint tells the seconds to wait.
            self.init(429, said, headers: [Header("Retry-After", error.hint ?? "60")])
        default: self.init(sqlState: error.state)
        }
    }

    /// By PostgreSQL's own table (Appendix A, "PostgreSQL Error Codes"), whose first two characters are a class.
    private init(sqlState state: String) {
        switch (state.prefix(2), state) {
        case (_, "23503"): self.init(409, .inUse)  // foreign_key_violation: something still points at the row
        // unique_violation, exclusion_violation: lost a race against another request
        case (_, "23505"), (_, "23P01"): self.init(409, .alreadyExists)
        case (_, "22021"): self.init(400, .nullCharacters)  // character_not_in_repertoire: a NUL in text
        case (_, "22012"): self = .internalError  // division_by_zero: no value is at fault
        // Data exceptions, violated checks, and what is too large for an index: the value is at fault, not we.
        case ("22", _), (_, "23514"), (_, "23502"), (_, "54000"): self.init(400, .invalidValue)
        // insufficient_privilege, with_check_option_violation: row-level security or a column right
        case (_, "42501"), (_, "44000"): self = .forbidden
        // For now: connection lost; serialization and deadlock; a disk, memory or connections at their end; a lock or a
        // statement that took too long, shutdown and start; an error of the system below; a database that only reads.
        case ("08", _), ("40", _), ("53", _), ("55", _), ("57", _), ("58", _), (_, "25006"), (_, "25P03"):
            self = .unavailable
        default: self = .internalError
        }
    }

    /// Hints of refusals that tell why.
    private static let toldReasons: Set<String> = ["second_factor_enrolment", "own_guesses"]
}

extension Text {
    /// 409: another row has a value that may stand once.
    package static let alreadyExists = Text("This record already exists.", es: "Este registro ya existe.")
    /// 400: PostgreSQL refused a value that no rule of ours explains.
    package static let invalidValue = Text("A value is not allowed.", es: "Un valor no está permitido.")
}
