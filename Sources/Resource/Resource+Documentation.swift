import JSON
package import OpenAPI
import Web

extension Resource {
    /// What the API's document tells of one of its rows in the route table.
    func documentation(of verb: String, _ method: Method) -> Documentation {
        switch verb {
        case "List":
            Documentation(
                Text("List \(many.english)", es: "Listar \(many.spanish)"), id: "list\(pluralName)",
                parameters: pageParameters + listParameters + formParameters,
                answers: [permissions[.export] == nil ? .ok(pageSchema) : .ok(pageSchema).also("text/csv")])
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
                    .with(photo.map { _ in .comesWithAForm }),
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

    /// One row as an answer shows it.
    package var rowSchema: Schema {
        .named(schemaName, .object(fields.filter { !$0.isWriteOnly }.map(\.answer)))
    }

    /// One row of a list.
    package var listedSchema: Schema {
        guard fields.contains(where: \.isDetailOnly) else { return rowSchema }
        return .named(
            "\(schemaName)Listed", .object(fields.filter { !$0.isDetailOnly && !$0.isWriteOnly }.map(\.answer)))
    }

    private var minimalSchema: Schema {
        let shown = minimal.compactMap { name in (fields + hidden).first { $0.name == name } }
        return .named("\(schemaName)Minimal", .object(shown.map(\.answer)))
    }

    private var pageSchema: Schema {
        .named(
            "\(schemaName)Page",
            .object(
                Property(
                    "count", .integer(0...Int64.max),
                    Text(
                        "Rows on all pages; not told by cursor.",
                        es: "Registros en todas las páginas; no se indica por cursor."),
                    required: false),
                Property("next", .nullable(.format("uri")), Text("The next page.", es: "La página siguiente.")),
                Property("previous", .nullable(.format("uri")), Text("The page before.", es: "La página anterior.")),
                Property("results", .array(listedSchema))))
    }

    private func input(isNew: Bool, isPartial: Bool) -> Schema {
        .object(settable(isNew).map { $0.input(isPartial: isPartial) })
    }

    /// The same as a form, where a photo may come with it.
    private func form(_ name: String, isNew: Bool, isPartial: Bool) -> Schema? {
        let fields = settable(isNew)
        guard fields.contains(where: { $0.kind == .photo }) else { return nil }
        return .named(name, .object(fields.map { $0.formInput(isPartial: isPartial) }))
    }

    private func settable(_ isNew: Bool) -> [Field] {
        fields.filter { !$0.isReadOnly && $0.isStored && (isNew || !$0.isFixed) }
    }

    private var hasFixed: Bool { fields.contains { $0.isFixed } }

    // MARK: Parameters

    private var pageParameters: [RequestParameter] {
        [
            RequestParameter(
                "page",
                .with(.anyOf([.integer(1...100_000_000), .constant("last")]), [.init(name: "default", value: 1)]),
                Text(
                    "The number of the page, or `last`; passed over with a cursor and for a file.",
                    es: "El número de página, o `last`; no cuenta con un cursor ni para un archivo."),
                ignoresUnknown: true),
            RequestParameter(
                "page_size", .with(.integer(1...100), [.init(name: "default", value: 20)]),
                Text("Rows on a page.", es: "Registros por página."), ignoresUnknown: true),
            RequestParameter(
                "pagination", .words(["cursor"]),
                Text(
                    "`cursor` leads from place to place by `next` and `previous`, without numbers and counts.",
                    es: "`cursor` lleva de un lugar a otro por `next` y `previous`, sin números ni cuentas."),
                ignoresUnknown: true),
        ]
    }

    private var formParameters: [RequestParameter] {
        guard permissions[.export] != nil else { return [] }
        return [
            RequestParameter(
                "format", .words(["json", "csv"]),
                Text(
                    "`csv` is every row of the list as one file, for administrators; it is audited.",
                    es: "`csv` son todos los registros de la lista en un archivo, para administradores; se audita."))
        ]
    }

    private var listParameters: [RequestParameter] {
        var parameters = filters.map(parameter)
        if !search.isEmpty {
            let bound =
                sums == nil
                ? nil
                : Text(
                    " Only where names are still kept, and in the newest 250,000 rows up to the end of the time asked for.",
                    es:
                        " Solo donde aún se conservan los nombres, y en los 250,000 registros más recientes del tiempo pedido."
                )
            let names = search.map { "`\($0)`" }.joined(separator: ", ")
            parameters.append(
                RequestParameter(
                    "search", .string,
                    Text(
                        "Words, each of which must be found in one of: \(names).\(bound?.english ?? "")",
                        es: "Palabras que deben encontrarse, cada una, en alguno de: \(names).\(bound?.spanish ?? "")"))
            )
        }
        if !orderable.isEmpty {
            parameters.append(
                RequestParameter(
                    "ordering", .array(.words(orderable + orderable.map { "-\($0)" })),
                    Text(
                        "Fields to order by; a minus turns one round. Unknown names are passed over.",
                        es:
                            "Campos para ordenar; un signo menos invierte el orden. Los nombres desconocidos se ignoran."
                    ),
                    ignoresUnknown: true, isList: true))
        }
        return parameters
    }

    private func parameter(_ filter: Filter) -> RequestParameter {
        let schema: Schema
        switch filter.kind {
        // The words are those of the field, which alone names them.
        case .choice: schema = (field(filter.name)?.kind ?? filter.kind).answer
        case .timestamp: schema = .anyOf([.timestamp, .format("date")])
        // A number that no row can have finds nothing.
        case .reference: schema = .anyInteger
        default: schema = filter.kind.input(required: true)
        }
        let about = filter.about ?? field(filter.name)?.label
        let only = about.map { Text("Only these: \($0.english).", es: "Solo estos: \($0.spanish).") }
        return RequestParameter(
            filter.name, schema,
            filter.about ?? only ?? Text("Only those of this row.", es: "Solo los de ese registro."),
            ignoresUnknown: filter.passesOverUnknown)
    }

    // MARK: Words

    private var one: Text { Text(singular.english.lowercased(), es: singular.spanish.lowercased()) }
    private var many: Text { Text(plural.english.lowercased(), es: plural.spanish.lowercased()) }

    /// The legacy API's name of the model; its accounts are a kind of its own.
    private var name: String { model.hasPrefix("Custom") ? String(model.dropFirst(6)) : model }

    /// A table that is only ever added to answers other fields than the one that is read.
    private var schemaName: String { permissions[.read] == nil ? "New\(name)" : name }

    private var pluralName: String { name.hasSuffix("y") ? "\(name.dropLast())ies" : "\(name)s" }
}

extension Text {
    fileprivate static let comesWithAForm = Text(
        "A photo (JPEG, PNG or WebP, at most 5 MB) is sent as `multipart/form-data` with the other fields.",
        es: "Una fotografía (JPEG, PNG o WebP, de 5 MB como máximo) se envía como `multipart/form-data` con los demás"
            + " campos.")

    /// One sentence after the other.
    fileprivate func with(_ other: Text?) -> Text {
        guard let other else { return self }
        return Text("\(english) \(other.english)", es: "\(spanish) \(other.spanish)")
    }
}

extension Filter {
    /// A word or truth value that it does not know finds nothing, or all.
    fileprivate var passesOverUnknown: Bool {
        switch kind {
        case .choice, .boolean: true
        default: false
        }
    }
}

extension Field {
    /// As an answer shows it.
    fileprivate var answer: Property {
        let schema = Schema.with(kind.answer, examples)
        return Property(
            name, mayBeNull ? .nullable(schema) : schema, about(isInput: false), required: !isOmittedWhenNull)
    }

    /// As a body brings it.
    fileprivate func input(isPartial: Bool) -> Property {
        // A photo comes with a form; in JSON there can only be none.
        let schema = kind == .photo ? Schema.null : written(isPartial: isPartial)
        return Property(
            name, isNullable && kind != .photo ? .nullable(schema) : schema, about(isInput: true),
            required: (isRequired || isSent) && !isPartial)
    }

    /// As a form brings it: text or a file, never null.
    fileprivate func formInput(isPartial: Bool) -> Property {
        guard kind == .photo else {
            return Property(
                name, written(isPartial: isPartial), about(isInput: true),
                required: (isRequired || isSent) && !isPartial)
        }
        let file = Schema.plain([
            .init(name: "type", value: "string"), .init(name: "format", value: "binary"),
        ])
        return Property(name, file, about(isInput: true), required: false)
    }

    /// A value as a client writes it.
    private func written(isPartial: Bool) -> Schema {
        var members = examples
        if let pattern { members.append(.init(name: "pattern", value: .string("^\(pattern.expression)$"))) }
        if minimumLength > 0 { members.append(.init(name: "minLength", value: JSON(minimumLength))) }
        if let defaultValue, !isPartial { members.append(.init(name: "default", value: defaultValue)) }
        if isWriteOnly { members += [.init(name: "format", value: "password"), .init(name: "writeOnly", value: true)] }
        return .with(kind.input(required: isRequired), members)
    }

    /// What is worked out is there, or left out; what somebody may not read is null to them.
    private var mayBeNull: Bool {
        if isOmittedWhenNull { return false }
        return isNullable || (readers != .signedIn && !kind.isText)
    }

    private var examples: [JSON.Member] {
        guard let example = example ?? kind.example else { return [] }
        return [.init(name: "examples", value: [example])]
    }

    private func about(isInput: Bool) -> Text {
        let what = help ?? label
        let roles = (isInput ? writers : readers).names
        guard let roles else { return what }
        return isInput
            ? Text("\(what.english) (set by \(roles) only)", es: "\(what.spanish) (solo lo cambia \(roles))")
            : Text("\(what.english) (shown to \(roles) only)", es: "\(what.spanish) (solo lo ve \(roles))")
    }
}

extension Access {
    fileprivate var names: String? {
        guard case .roles(let roles) = self else { return nil }
        return roles.isEmpty ? "–" : roles.map(\.rawValue).sorted().joined(separator: ", ")
    }
}
