/// The sentences of the API. The English ones are the legacy API's: its clients compare them.
extension Text {
    /// A field that must be in the body and is not.
    package static let required = Text("This field is required.", es: "Este campo es obligatorio.")
    /// Null for a field that always has a value.
    package static let mayNotBeNull = Text("This field may not be null.", es: "Este campo no puede ser nulo.")
    /// Blank text for a field that must say something.
    package static let mayNotBeBlank = Text("This field may not be blank.", es: "Este campo no puede quedar vacío.")
    /// Neither text nor a number that is taken as text.
    package static let notAString = Text("Not a valid string.", es: "No es un texto válido.")
    /// U+0000, which PostgreSQL cannot store.
    package static let nullCharacters = Text("Null characters are not allowed.", es: "No se admiten caracteres nulos.")
    /// The path holds a character that no address of ours has.
    static let controlCharacters = Text(
        "The address holds control characters.", es: "La dirección contiene caracteres de control.")
    /// A name that `ALLOWED_HOSTS` does not hold.
    package static let hostNotServed = Text(
        "This host name is not served here.", es: "Este nombre de servidor no se atiende aquí.")
    /// Bytes that are not UTF-8.
    package static let notUTF8 = Text("Text must be valid UTF-8.", es: "El texto debe ser UTF-8 válido.")
    /// Not a whole number, nor a text of one.
    package static let notAnInteger = Text("A valid integer is required.", es: "Se requiere un número entero válido.")
    /// A text of more than 1,000 characters for a number.
    package static let stringTooLarge = Text("String value too large.", es: "El texto es demasiado largo.")
    /// Not a decimal number of at most 20 characters.
    package static let notADecimal = Text("A valid number is required.", es: "Se requiere un número válido.")
    /// Neither true nor false, nor a word for one of them.
    package static let notABoolean = Text("Must be a valid boolean.", es: "Debe ser un valor verdadero o falso.")
    /// No address that a mail server could deliver to.
    package static let notAnEmail = Text(
        "Enter a valid email address.", es: "Escriba una dirección de correo electrónico válida.")

    /// Not a day that exists, in the format of ``FieldKind/date``.
    package static let notADate = Text(
        "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.",
        es: "La fecha tiene un formato incorrecto. Use el formato AAAA-MM-DD.")

    /// Not a time of day, in the format of ``FieldKind/time(throughMidnight:)``.
    package static let notATime = Text(
        "Time has wrong format. Use one of these formats instead: hh:mm[:ss[.uuuuuu]].",
        es: "La hora tiene un formato incorrecto. Use el formato hh:mm[:ss[.uuuuuu]].")

    /// Not a day and time, in the format of ``FieldKind/timestamp``.
    package static let notATimestamp = Text(
        "Datetime has wrong format. Use one of these formats instead: "
            + "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].",
        es: "La fecha y hora tienen un formato incorrecto. Use el formato "
            + "AAAA-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].")

    /// - Parameter value: what the client sent, cut.
    package static func notAChoice(_ value: String) -> Text {
        Text("\"\(value)\" is not a valid choice.", es: "\"\(value)\" no es una opción válida.")
    }

    /// - Parameter maximum: Unicode scalars.
    package static func tooLong(_ maximum: Int) -> Text {
        Text(
            "Ensure this field has no more than \(maximum) characters.",
            es: "Este campo no debe tener más de \(maximum) caracteres.")
    }

    /// - Parameter maximum: the largest value allowed.
    package static func tooLarge(_ maximum: Int64) -> Text {
        Text(
            "Ensure this value is less than or equal to \(maximum).",
            es: "Este valor debe ser menor o igual que \(maximum).")
    }

    /// - Parameter minimum: the smallest value allowed.
    package static func tooSmall(_ minimum: Int64) -> Text {
        Text(
            "Ensure this value is greater than or equal to \(minimum).",
            es: "Este valor debe ser mayor o igual que \(minimum).")
    }

    /// - Parameter value: what the client sent; a long one is cut.
    package static func notAPhone(_ value: String) -> Text {
        let value = FieldText.echo(value)
        return Text("\(value) is not a valid phone number", es: "«\(value)» no es un número de teléfono válido")
    }

    /// - Parameter received: the legacy API's name of the type that stands where a row's number should.
    package static func wrongKeyType(_ received: String) -> Text {
        Text(
            "Incorrect type. Expected pk value, received \(received).",
            es: "Tipo incorrecto. Se esperaba un identificador y se recibió \(received).")
    }

    /// - Parameter received: the legacy API's name of the type.
    package static func notAList(_ received: String) -> Text {
        Text(
            "Expected a list of items but got type \"\(received)\".",
            es: "Se esperaba una lista y se recibió \"\(received)\".")
    }

    /// - Parameter received: the legacy API's name of the type.
    package static func notADictionary(_ received: String) -> Text {
        Text(
            "Invalid data. Expected a dictionary, but got \(received).",
            es: "Datos no válidos. Se esperaba un objeto y se recibió \(received).")
    }

    /// The body is JSON null.
    package static let noData = Text("No data provided", es: "No se enviaron datos")

    /// - Parameter reason: what is wrong and where; never the input.
    package static func brokenJSON(_ reason: Text) -> Text {
        Text("JSON parse error - \(reason.english)", es: "Error al leer el JSON - \(reason.spanish)")
    }

    /// - Parameter reason: what is wrong; never the input.
    package static func brokenMultipart(_ reason: Text) -> Text {
        Text(
            "Multipart form parse error - \(reason.english)", es: "Error al leer el formulario - \(reason.spanish)")
    }

    /// A file of no bytes.
    package static let emptyFile = Text("The submitted file is empty.", es: "El archivo enviado está vacío.")

    /// - Parameter megabytes: the largest size allowed.
    package static func fileTooLarge(megabytes: Int) -> Text {
        Text(
            "Ensure this file has no more than \(megabytes) megabytes.",
            es: "Este archivo no debe tener más de \(megabytes) megabytes.")
    }

    /// - Parameters: Unicode scalars, as sent and as allowed.
    static func fileNameTooLong(_ length: Int, _ maximum: Int) -> Text {
        Text(
            "Ensure this filename has at most \(maximum) characters (it has \(length)).",
            es: "El nombre del archivo no debe tener más de \(maximum) caracteres (tiene \(length)).")
    }

    /// Text where a file is wanted.
    package static let notAFile = Text(
        "The submitted data was not a file. Check the encoding type on the form.",
        es: "Lo enviado no es un archivo. Revise el tipo de codificación del formulario.")

    /// 415.
    ///
    /// - Parameter type: `Content-Type` as sent.
    package static func unsupportedMediaType(_ type: String) -> Text {
        Text(
            "Unsupported media type \"\(type)\" in request.",
            es: "Tipo de contenido \"\(type)\" no admitido en la solicitud.")
    }

    /// 405.
    ///
    /// - Parameter method: as sent.
    package static func methodNotAllowed(_ method: String) -> Text {
        Text("Method \"\(method)\" not allowed.", es: "Método \"\(method)\" no permitido.")
    }

    /// 429.
    static func throttled(_ seconds: Int64) -> Text {
        Text(
            "Request was throttled. Expected available in \(seconds) second\(seconds == 1 ? "" : "s").",
            es: "Demasiados intentos. Vuelva a intentarlo en \(seconds) segundo\(seconds == 1 ? "" : "s").")
    }

    /// 404: no such path, or no row that the caller may see.
    package static let notFound = Text("Not found.", es: "No encontrado.")
    /// 413.
    package static let bodyTooLarge = Text(
        "The request body is too large.", es: "El cuerpo de la solicitud es demasiado grande.")
    /// 400: fewer bytes arrived than `Content-Length` announced.
    package static let bodyIncomplete = Text(
        "The request body ended too early.", es: "El cuerpo de la solicitud terminó antes de tiempo.")
    /// 403.
    package static let forbidden = Text(
        "You do not have permission to perform this action.", es: "No tiene permiso para realizar esta acción.")
    /// 401: no credentials, or of a scheme that the route does not take.
    package static let notAuthenticated = Text(
        "Authentication credentials were not provided.", es: "No se proporcionaron credenciales de autenticación.")

    /// 401: nothing, or more than one word, behind `Bearer`.
    package static let badAuthorizationHeader = Text(
        "Authorization header must contain two space-delimited values",
        es: "El encabezado Authorization debe contener dos valores separados por un espacio")

    /// 400: an `Idempotency-Key` of another shape.
    package static let badRequestID = Text(
        "A request id has 1 to 64 visible characters.",
        es: "El identificador de solicitud lleva de 1 a 64 caracteres visibles.")

    /// 401: expired, of another kind, or not signed by us.
    static let badToken = Text(
        "Given token not valid for any token type", es: "El token no es válido para ningún tipo de token")
    /// 406.
    package static let notAcceptable = Text(
        "Could not satisfy the request Accept header.", es: "No hay respuesta en el formato que pide Accept.")
    /// 409: rows of other tables refer to it.
    package static let inUse = Text(
        "This record is in use and cannot be deleted.", es: "Este registro está en uso y no se puede eliminar.")

    /// 503: nothing has happened.
    package static let unavailable = Text(
        "The service is temporarily unavailable. Please try again.",
        es: "El servicio no está disponible por el momento. Intente de nuevo.")

    /// 503: the connection broke while a commit was under way.
    package static let outcomeUnknown = Text(
        "The outcome is unknown. Please check, or try again with the same request id.",
        es:
            "No se sabe si la operación se completó. Verifique, o intente de nuevo con el mismo identificador de solicitud."
    )

    /// 500.
    package static let internalError = Text("Something went wrong on our side.", es: "Algo falló de nuestro lado.")
}
