import Web

/// The sentences about rows and their fields. The English ones are the legacy API's: its clients compare them.
extension Text {
    /// - Parameter minimum: Unicode scalars.
    static func tooShort(_ minimum: Int) -> Text {
        Text(
            "Ensure this field has at least \(minimum) characters.",
            es: "Este campo debe tener al menos \(minimum) caracteres.")
    }

    /// A reference to a row that does not exist, or that the caller may not see.
    ///
    /// - Parameter id: as the client sent it.
    static func noSuchObject(_ id: String) -> Text {
        Text("Invalid pk \"\(id)\" - object does not exist.", es: "El identificador \"\(id)\" no existe.")
    }

    /// - Parameters:
    ///   - model: the legacy API's name of the model in words, and what a person calls one.
    ///   - field: the field's name, which the legacy API wrote with blanks, and what a person calls it.
    static func alreadyTaken(_ model: Text, _ field: String, _ label: Text) -> Text {
        Text(
            "\(model.english) with this \(field.replacing("_", with: " ")) already exists.",
            es: "\(model.spanish): ya existe un registro con este valor de \(label.spanish).")
    }

    /// - Parameter names: the fields of which another row has the same values.
    static func notUniqueTogether(_ names: [String]) -> Text {
        let list = names.joined(separator: ", ")
        return Text(
            "The fields \(list) must make a unique set.", es: "Los campos \(list) deben formar un conjunto único.")
    }

    /// The content is of no format we read, or broken.
    static let notAPicture = Text(
        "Upload a valid image. The file you uploaded was either not an image or a corrupted image.",
        es: "Suba una imagen válida. El archivo no es una imagen o está dañado.")

    /// Width times height is beyond what we decode.
    static let tooManyPixels = Text(
        "This image has too many pixels. Upload a smaller one.",
        es: "La imagen tiene demasiados píxeles. Suba una más pequeña.")

    /// A picture made so that decoding it takes far longer than its size tells.
    static let tooMuchWork = Text(
        "This image takes too much work to open. Save it again as an ordinary JPEG and upload that.",
        es: "Esta imagen requiere demasiado trabajo para abrirla. Guárdela de nuevo como JPEG normal y súbala.")

    /// 503: as many workers decode pictures as may at once.
    static let picturesAreBusy = Text(
        "Other images are being prepared. Please try again in a moment.",
        es: "Se están preparando otras imágenes. Intente de nuevo en un momento.")

    /// 404: a page behind the last one, or no number.
    static let invalidPage = Text("Invalid page.", es: "Página no válida.")
}
