/// The sentences of the API. The English ones are the legacy API's: its clients compare them.
extension Text {
    package static let required = Text("This field is required.", es: "Este campo es obligatorio.")
    package static let mayNotBeNull = Text("This field may not be null.", es: "Este campo no puede ser nulo.")
    package static let mayNotBeBlank = Text("This field may not be blank.", es: "Este campo no puede quedar vacío.")
    package static let notAString = Text("Not a valid string.", es: "No es un texto válido.")
    package static let nullCharacters = Text("Null characters are not allowed.", es: "No se admiten caracteres nulos.")
    static let controlCharacters = Text(
        "The address holds control characters.", es: "La dirección contiene caracteres de control.")
    package static let notUTF8 = Text("Text must be valid UTF-8.", es: "El texto debe ser UTF-8 válido.")
    package static let notAnInteger = Text("A valid integer is required.", es: "Se requiere un número entero válido.")
    package static let stringTooLarge = Text("String value too large.", es: "El texto es demasiado largo.")
    package static let notADecimal = Text("A valid number is required.", es: "Se requiere un número válido.")
    package static let notABoolean = Text("Must be a valid boolean.", es: "Debe ser un valor verdadero o falso.")
    package static let notAnEmail = Text(
        "Enter a valid email address.", es: "Escriba una dirección de correo electrónico válida.")
    package static let notADate = Text(
        "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.",
        es: "La fecha tiene un formato incorrecto. Use el formato AAAA-MM-DD.")
    package static let notATime = Text(
        "Time has wrong format. Use one of these formats instead: hh:mm[:ss[.uuuuuu]].",
        es: "La hora tiene un formato incorrecto. Use el formato hh:mm[:ss[.uuuuuu]].")
    package static let notATimestamp = Text(
        "Datetime has wrong format. Use one of these formats instead: "
            + "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].",
        es: "La fecha y hora tienen un formato incorrecto. Use el formato "
            + "AAAA-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].")

    package static func notAChoice(_ value: String) -> Text {
        Text("\"\(value)\" is not a valid choice.", es: "\"\(value)\" no es una opción válida.")
    }

    package static func tooLong(_ maximum: Int) -> Text {
        Text(
            "Ensure this field has no more than \(maximum) characters.",
            es: "Este campo no debe tener más de \(maximum) caracteres.")
    }

    package static func tooShort(_ minimum: Int) -> Text {
        Text(
            "Ensure this field has at least \(minimum) characters.",
            es: "Este campo debe tener al menos \(minimum) caracteres.")
    }

    package static func tooLarge(_ maximum: Int64) -> Text {
        Text(
            "Ensure this value is less than or equal to \(maximum).",
            es: "Este valor debe ser menor o igual que \(maximum).")
    }

    package static func tooSmall(_ minimum: Int64) -> Text {
        Text(
            "Ensure this value is greater than or equal to \(minimum).",
            es: "Este valor debe ser mayor o igual que \(minimum).")
    }

    package static func notAPhone(_ value: String) -> Text {
        Text("\(value) is not a valid phone number", es: "\(value) no es un número de teléfono válido")
    }

    package static func wrongKeyType(_ received: String) -> Text {
        Text(
            "Incorrect type. Expected pk value, received \(received).",
            es: "Tipo incorrecto. Se esperaba un identificador y se recibió \(received).")
    }

    package static func noSuchObject(_ id: String) -> Text {
        Text("Invalid pk \"\(id)\" - object does not exist.", es: "El identificador \"\(id)\" no existe.")
    }

    /// - Parameter field: the field's name, which the legacy API wrote with blanks, and what a person calls it.
    package static func alreadyTaken(_ model: Text, _ field: String, _ label: Text) -> Text {
        let words = model.english.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return Text(
            "\(words.joined(separator: " ")) with this \(field.replacing("_", with: " ")) already exists.",
            es: "\(model.spanish): ya existe un registro con este valor de \(label.spanish).")
    }

    package static func notUniqueTogether(_ names: [String]) -> Text {
        let list = names.joined(separator: ", ")
        return Text(
            "The fields \(list) must make a unique set.", es: "Los campos \(list) deben formar un conjunto único.")
    }

    package static func notAList(_ received: String) -> Text {
        Text(
            "Expected a list of items but got type \"\(received)\".",
            es: "Se esperaba una lista y se recibió \"\(received)\".")
    }

    package static func notADictionary(_ received: String) -> Text {
        Text(
            "Invalid data. Expected a dictionary, but got \(received).",
            es: "Datos no válidos. Se esperaba un objeto y se recibió \(received).")
    }

    package static let noData = Text("No data provided", es: "No se enviaron datos")

    package static func brokenJSON(_ reason: Text) -> Text {
        Text("JSON parse error - \(reason.english)", es: "Error al leer el JSON - \(reason.spanish)")
    }

    package static func brokenMultipart(_ reason: Text) -> Text {
        Text(
            "Multipart form parse error - \(reason.english)", es: "Error al leer el formulario - \(reason.spanish)")
    }

    package static let emptyFile = Text("The submitted file is empty.", es: "El archivo enviado está vacío.")
    package static let notAPicture = Text(
        "Upload a valid image. The file you uploaded was either not an image or a corrupted image.",
        es: "Suba una imagen válida. El archivo no es una imagen o está dañado.")
    package static let tooManyPixels = Text(
        "This image has too many pixels. Upload a smaller one.",
        es: "La imagen tiene demasiados píxeles. Suba una más pequeña.")
    package static let tooMuchWork = Text(
        "This image takes too much work to open. Save it again as an ordinary JPEG and upload that.",
        es: "Esta imagen requiere demasiado trabajo para abrirla. Guárdela de nuevo como JPEG normal y súbala.")
    package static let picturesAreBusy = Text(
        "Other images are being prepared. Please try again in a moment.",
        es: "Se están preparando otras imágenes. Intente de nuevo en un momento.")

    package static func fileTooLarge(megabytes: Int) -> Text {
        Text(
            "Ensure this file has no more than \(megabytes) megabytes.",
            es: "Este archivo no debe tener más de \(megabytes) megabytes.")
    }

    static func fileNameTooLong(_ length: Int, _ maximum: Int) -> Text {
        Text(
            "Ensure this filename has at most \(maximum) characters (it has \(length)).",
            es: "El nombre del archivo no debe tener más de \(maximum) caracteres (tiene \(length)).")
    }

    package static let notAFile = Text(
        "The submitted data was not a file. Check the encoding type on the form.",
        es: "Lo enviado no es un archivo. Revise el tipo de codificación del formulario.")

    package static func unsupportedMediaType(_ type: String) -> Text {
        Text(
            "Unsupported media type \"\(type)\" in request.",
            es: "Tipo de contenido \"\(type)\" no admitido en la solicitud.")
    }

    package static func methodNotAllowed(_ method: String) -> Text {
        Text("Method \"\(method)\" not allowed.", es: "Método \"\(method)\" no permitido.")
    }

    static func throttled(_ seconds: Int64) -> Text {
        Text(
            "Request was throttled. Expected available in \(seconds) second\(seconds == 1 ? "" : "s").",
            es: "Demasiados intentos. Vuelva a intentarlo en \(seconds) segundo\(seconds == 1 ? "" : "s").")
    }

    package static let notFound = Text("Not found.", es: "No encontrado.")
    package static let invalidPage = Text("Invalid page.", es: "Página no válida.")
    package static let bodyTooLarge = Text(
        "The request body is too large.", es: "El cuerpo de la solicitud es demasiado grande.")
    package static let bodyIncomplete = Text(
        "The request body ended too early.", es: "El cuerpo de la solicitud terminó antes de tiempo.")
    package static let forbidden = Text(
        "You do not have permission to perform this action.", es: "No tiene permiso para realizar esta acción.")
    package static let notAuthenticated = Text(
        "Authentication credentials were not provided.", es: "No se proporcionaron credenciales de autenticación.")
    package static let badAuthorizationHeader = Text(
        "Authorization header must contain two space-delimited values",
        es: "El encabezado Authorization debe contener dos valores separados por un espacio")
    package static let badGateSignature = Text(
        "The signature of the gate device is not valid.", es: "La firma del dispositivo de acceso no es válida.")
    package static let badRequestID = Text(
        "A request id has 1 to 64 visible characters.",
        es: "El identificador de solicitud lleva de 1 a 64 caracteres visibles.")
    static let badToken = Text(
        "Given token not valid for any token type", es: "El token no es válido para ningún tipo de token")
    package static let notAcceptable = Text(
        "Could not satisfy the request Accept header.", es: "No hay respuesta en el formato que pide Accept.")
    package static let inUse = Text(
        "This record is in use and cannot be deleted.", es: "Este registro está en uso y no se puede eliminar.")
    package static let unavailable = Text(
        "The service is temporarily unavailable. Please try again.",
        es: "El servicio no está disponible por el momento. Intente de nuevo.")
    package static let outcomeUnknown = Text(
        "The outcome is unknown. Please check, or try again with the same request id.",
        es:
            "No se sabe si la operación se completó. Verifique, o intente de nuevo con el mismo identificador de solicitud."
    )
    package static let internalError = Text("Something went wrong on our side.", es: "Algo falló de nuestro lado.")
}
