import JSON
import OpenAPI
import Web

extension Resource {
    /// What the API's document tells of one of its rows in the route table.
    func documentation(of verb: String, _ method: Method) -> Documentation {
        switch verb {
        case "List":
            Documentation(
                Text("List \(many.english)", es: "Listar \(many.spanish)"), id: "list\(pluralName)",
                parameters: pageParameters + listParameters + formatParameters,
                answers: [
                    permissions[.export] == nil
                        ? .ok(pageSchema)
                        : ListFile.allCases.reduce(.ok(pageSchema)) { $0.also($1.type) }
                ])
        case "ListMinimal":
            Documentation(
                Text("List \(many.english) briefly", es: "Listar \(many.spanish) en breve"),
                id: "list\(pluralName)Minimal",
                Text("The first 500, for pickers.", es: "Los primeros 500, para listas de selección."),
                answers: [.ok(.array(minimalSchema))])
        case "Create":
            Documentation(
                Text("Add: \(one.english)", es: "Agregar: \(one.spanish)"), id: "create\(name)",
                photo.map { _ in .comesWithAForm },
                body: .named("\(schemaName)Input", input(isNew: true, isPartial: false)),
                form: form("\(schemaName)Form", isNew: true, isPartial: false),
                answers: [.created(rowSchema, rowsAt: field("id") == nil ? nil : path)])
        case "Read":
            Documentation(
                Text("Show: \(one.english)", es: "Mostrar: \(one.spanish)"), id: "read\(name)",
                answers: [.ok(rowSchema)])
        case "ShowPhoto":
            Documentation(
                Text("Photo: \(one.english)", es: "Fotografía: \(one.spanish)"), id: "show\(name)Photo",
                ShowPhoto.about,
                answers: [
                    .file(
                        "image/jpeg",
                        Text("At most 1600 pixels wide and high.", es: "Mide 1600 píxeles por lado como máximo."))
                ])
        case "ShowThumbnail":
            Documentation(
                Text("Thumbnail: \(one.english)", es: "Miniatura: \(one.spanish)"), id: "show\(name)Thumbnail",
                ShowPhoto.about,
                answers: [
                    .file(
                        "image/jpeg",
                        Text("At most 256 pixels wide and high.", es: "Mide 256 píxeles por lado como máximo."))
                ])
        case "Update" where method == .put:
            Documentation(
                Text("Replace: \(one.english)", es: "Reemplazar: \(one.spanish)"), id: "replace\(name)",
                parameters: [.ifMatch],
                body: .named(hasFixed ? "\(name)Replacement" : "\(name)Input", input(isNew: false, isPartial: false)),
                form: form("\(name)Form", isNew: false, isPartial: false), answers: [.ok(rowSchema)])
        case "Update":
            Documentation(
                Text("Change: \(one.english)", es: "Cambiar: \(one.spanish)"), id: "update\(name)",
                Text("What is left out stays as it is.", es: "Lo que se omite queda como está.")
                    .followed(by: photo.map { _ in .comesWithAForm }),
                parameters: [.ifMatch],
                body: .named("\(name)Patch", input(isNew: false, isPartial: true)),
                form: form("\(name)PatchForm", isNew: false, isPartial: true), answers: [.ok(rowSchema)])
        default:
            Documentation(
                Text("Delete: \(one.english)", es: "Eliminar: \(one.spanish)"), id: "delete\(name)",
                parameters: [.ifMatch],
                answers: [.noContent])
        }
    }

    private var one: Text { Text(singular.english.lowercased(), es: singular.spanish.lowercased()) }
    private var many: Text { Text(plural.english.lowercased(), es: plural.spanish.lowercased()) }

    /// The legacy API's name of the model; its accounts are a kind of its own.
    private var name: String { model.hasPrefix("Custom") ? String(model.dropFirst(6)) : model }

    /// A table that is only ever added to answers other fields than the one that is read.
    var schemaName: String { permissions[.read] == nil ? "New\(name)" : name }

    /// `Holiday` is `Holidays`, `AuditEntry` is `AuditEntries`.
    private var pluralName: String {
        let isAfterVowel = name.dropLast().last.map { "aeiou".contains($0) } ?? true
        return name.hasSuffix("y") && !isAfterVowel ? "\(name.dropLast())ies" : "\(name)s"
    }
}

extension Text {
    fileprivate static let comesWithAForm = Text(
        "A photo (JPEG, PNG or WebP, at most 5 MB) is sent as `multipart/form-data` with the other fields.",
        es: "Una fotografía (JPEG, PNG o WebP, de 5 MB como máximo) se envía como `multipart/form-data` con los demás"
            + " campos.")

    /// One sentence after the other.
    func followed(by other: Text?) -> Text {
        guard let other else { return self }
        return Text("\(english) \(other.english)", es: "\(spanish) \(other.spanish)")
    }
}
