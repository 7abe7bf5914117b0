import JSON
import OpenAPI
import Web

/// What the API's document tells of the query of a list.
extension Resource {
    /// Which page of a list, and how large.
    var pageParameters: [RequestParameter] {
        [
            RequestParameter(
                "page",
                .with(.anyOf([.integer(1...100_000_000), .constant("last")]), [.init(name: "default", value: 1)]),
                Text(
                    "The number of the page, or `last`; passed over with a cursor and for a file.",
                    es: "El número de página, o `last`; no cuenta con un cursor ni para un archivo."),
                ignoresUnknown: true, shared: "page"),
            RequestParameter(
                "page_size", .with(.integer(1...100), [.init(name: "default", value: 20)]),
                Text("Rows on a page.", es: "Registros por página."), ignoresUnknown: true, shared: "pageSize"),
            RequestParameter(
                "pagination", .named("Pagination", .words(["cursor"])),
                Text(
                    "`cursor` leads from place to place by `next` and `previous`, without numbers and counts.",
                    es: "`cursor` lleva de un lugar a otro por `next` y `previous`, sin números ni cuentas."),
                ignoresUnknown: true, shared: "pagination"),
        ]
    }

    /// In which format the rows are answered.
    var formatParameters: [RequestParameter] {
        guard permissions[.export] != nil else { return [] }
        return [
            RequestParameter(
                "format", .named("ListFormat", .words(["json"] + ListFile.allCases.map(\.rawValue))),
                Text(
                    "`csv` and `xlsx` are every row of the list as one file, for administrators; it is audited. `xlsx` holds"
                        + " at most 50,000 rows.",
                    es:
                        "`csv` y `xlsx` son todos los registros de la lista en un archivo, para administradores; se audita."
                        + " `xlsx` lleva 50,000 registros como máximo."), shared: "format")
        ]
    }

    /// Which rows of a list, and in which order.
    var listParameters: [RequestParameter] {
        var parameters = list.filters.filter { !$0.isForPages }.map(parameter)
        if !list.search.fields.isEmpty, !list.search.isForPages {
            let names = list.search.fields.map { "`\($0)`" }.joined(separator: ", ")
            parameters.append(
                RequestParameter(
                    "search", .string,
                    Text(
                        "Words, each of which must be found in one of: \(names).",
                        es: "Palabras que deben encontrarse, cada una, en alguno de: \(names)."
                    ).followed(by: list.search.bound?.about)))
        }
        if !list.orderable.isEmpty {
            let backwards = list.orderable.map { "-\($0)" }
            parameters.append(
                RequestParameter(
                    "ordering", .array(.named("\(schemaName)Ordering", .words(list.orderable + backwards))),
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
        case .choice where !filter.choices.isEmpty:
            schema = .named(schemaName + filter.name.capitalizedWord, .words(filter.choices.map(\.value)))
        case .choice: schema = field(filter.name).map { $0.words(of: schemaName) } ?? filter.kind.answer
        case .timestamp: schema = .anyOf([.timestamp, .format("date")])
        // A number that no row can have finds nothing.
        case .reference: schema = .anyInteger
        default: schema = filter.kind.input(required: true)
        }
        let about = filter.about ?? field(filter.name)?.label
        let only = about.map { Text("Only these: \($0.english).", es: "Solo estos: \($0.spanish).") }
        return RequestParameter(
            filter.name, schema,
            (filter.about ?? only ?? Text("Only those of this row.", es: "Solo los de ese registro."))
                .followed(by: list.search.bound.flatMap { $0.bounded.contains(filter.name) ? $0.about : nil }),
            ignoresUnknown: filter.passesOverUnknown)
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
