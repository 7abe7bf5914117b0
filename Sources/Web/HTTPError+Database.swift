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
        // Our own sentences are in SQL (`raise sqlstate 'GA…'`), each with a stable code in its hint.
        let said = Text(error.message, es: Self.spanish[error.message] ?? error.message)
        switch error.state {
        case "GA400": self = .invalid([FieldError(error.hint ?? FieldError.wholeObject, said)])
        case "GA401": self = .unauthenticated(.detail(said, code: error.hint))
        case "GA403" where Self.toldReasons.contains(error.hint ?? ""): self.init(403, said, code: error.hint)
        case "GA403": self = .forbidden
        case "GA404": self = .notFound(error.hint)
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

    /// Spanish for the sentences that SQL raises; a test compares this list with sql/.
    static let spanish: [String: String] = [
        "User not found": "No se encontró el usuario",
        "User is inactive": "El usuario está inactivo",
        "Given token not valid for any token type": "El token no es válido",
        "A guard approves by the word of a resident: name the resident.":
            "Un guardia autoriza por la palabra de un residente: indique el residente.",
        "Device not found": "No se encontró el dispositivo",
        "Device is inactive": "El dispositivo está inactivo",
        "Device key is no longer valid": "La clave del dispositivo ya no es válida",
        "Not a direction.": "No es un sentido de paso.",
        "Not between 1 and 168 hours.": "Debe ser de 1 a 168 horas.",
        "No such access point.": "No existe ese acceso.",
        "No such schedule.": "No existe ese horario.",
        "Another device has this name.": "Otro dispositivo tiene este nombre.",
        "This number is in use already.": "Este número ya está en uso.",
        "Not a method of reading.": "No es un medio de lectura.",
        "The account is switched off: activate it first.": "La cuenta está desactivada: actívela primero.",
        "A name of an account is not what it may do: choose another.":
            "El nombre de una cuenta no dice lo que puede hacer: elija otro.",
        "A name has letters of one script only.": "Un nombre lleva letras de un solo alfabeto.",
        "This field may not be blank.": "Este campo no puede quedar vacío.",
        "A user with that username already exists.": "Ya existe un usuario con ese nombre.",
        "The account has been used: deactivate it instead.": "La cuenta ya se usó: desactívela en su lugar.",
        "Nothing in it can be compared.": "No contiene nada que se pueda comparar.",
        "This request id was used for another request.":
            "Este identificador de solicitud se usó para otra solicitud.",
        "A second factor is in use already.": "Ya hay un segundo factor en uso.",
        "A second factor is required here: enrol one first.":
            "Aquí se requiere un segundo factor: registre uno primero.",
        "The password was changed meanwhile.": "La contraseña se cambió mientras tanto.",
        "A visit cannot take this step by hand.": "Una visita no puede dar este paso a mano.",
        "The visit is not waiting for approval.": "La visita no está por autorizar.",
        "The visit has begun: it cannot be cancelled.": "La visita ya comenzó: no se puede cancelar.",
        "Nobody of that number lives in the unit visited.": "Nadie con ese número vive en la unidad visitada.",
        "There is no such time zone.": "No existe esa zona horaria.",
        "The code itself is not kept.": "El código mismo no se conserva.",
        "Wrong codes of your own are among those tried here: somebody else must allow short codes again.":
            "Entre los códigos erróneos probados aquí hay suyos: otra persona debe volver a admitir códigos cortos.",
        "A PIN has at least 6 digits.": "Un NIP tiene al menos 6 dígitos.",
        "The visit was refused.": "La visita fue rechazada.",
        "The visit has begun: it keeps its home.": "La visita ya comenzó: conserva su unidad.",
        "This resident is not authorised to receive visitors.":
            "Este residente no está autorizado para recibir visitas.",
        "Too many short codes are live: issue a QR code.":
            "Hay demasiados códigos cortos vigentes: emita un código QR.",
        "The visit has as many passes as it may: cancel some.":
            "La visita ya tiene todos los pases que puede tener: cancele alguno.",
        "You do not have permission to perform this action.": "No tiene permiso para realizar esta acción.",
        "Your home has as many passes as it may: cancel some.":
            "Su unidad ya tiene todos los pases que puede tener: cancele alguno.",
        "Your home has as many short codes as it may: issue a QR code.":
            "Su unidad ya tiene todos los códigos cortos que puede tener: emita un código QR.",
        "Your home has issued as many passes today as it may.": "Su vivienda ya emitió hoy todos los pases que puede.",
        "Your home has registered as many visits today as it may.":
            "Su unidad ya registró todas las visitas que puede registrar hoy.",
    ]
}

extension Text {
    /// 409: another row has a value that may stand once.
    package static let alreadyExists = Text("This record already exists.", es: "Este registro ya existe.")
    /// 400: PostgreSQL refused a value that no rule of ours explains.
    package static let invalidValue = Text("A value is not allowed.", es: "Un valor no está permitido.")
}
