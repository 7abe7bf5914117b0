import JSON
import Pages
import PostgreSQL
import Resource
import Web

/// `/admin/imports/{id}/columns/`: what each column of a file is; the answer is remembered for the next file of this table.
struct MatchColumnsPage: FormPage {
    private static let samples = 3
    private let id: Int64

    init(_ request: Request) throws(HTTPError) {
        id = try request.identifier()
    }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let (upload, columns) = try waiting(page)
        let choices = columns.map { column in
            FormField(
                column.name, Text(column.heading.name, es: column.heading.name),
                .choice(
                    [FormOption("", .doNotImport)] + upload.table.importColumns.map { FormOption($0.name, $0.label) },
                    blank: nil),
                [answer.form == nil ? column.field?.name ?? "" : answer.text(column.name)],
                hint: samples(of: column), required: false)
        }
        let unknown = zip(columns, choices).filter(\.0.isUnknown).map(\.1)
        let others = zip(columns, choices).filter { !$0.0.isUnknown }.map(\.1)
        let groups = [
            unknown.isEmpty ? nil : FieldGroup(.notRecognized, unknown),
            others.isEmpty ? nil : FieldGroup(unknown.isEmpty ? nil : .recognized, others),
        ].compactMap(\.self)
        let form = PageForm(
            page.layout.request.path, groups: groups, buttons: [FormButton(.goOn)],
            errors: answer.errors, cancel: upload.path)
        let report = try upload.report(page.context.keys.accounts)
        let missing: HTML? =
            report.missing.isEmpty
            ? nil : "<p class=\"notice\">\(page.localized(.missing(report.missing.map(upload.table.label))))</p>\n"
        return page.admin(
            .matchColumns, crumbs: upload.crumbs(page), status: answer.status,
            """
            <p class="quiet">\(upload.origin(page))</p>
            \(form.summary(page))\(missing)<p>\(page.localized(.matchAbout))</p>
            \(form.body(page))
            """)
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        let (upload, columns) = try waiting(page)
        let names = Set(upload.table.importColumns.map(\.name))
        var taken: Set<String> = []
        var errors: [FieldError] = []
        for column in columns {
            // A column that nobody was asked about is not one that is left out.
            guard form[column.name] != nil else { throw HTTPError.badRequest(.invalidValue) }
            let chosen = form.text(column.name)
            guard !chosen.isEmpty else { continue }
            guard names.contains(chosen) else { throw HTTPError.badRequest(.invalidValue) }
            if !taken.insert(chosen).inserted {
                let label = upload.table.label(chosen)
                errors.append(FieldError(column.name, .alreadyChosen(label)))
            }
        }
        guard errors.isEmpty else { throw HTTPError.invalid(errors) }
        let chosen = columns.map { (key: $0.heading.key, field: form.text($0.name)) }
        _ = try page.context.run([CSVImportSettings.remember(chosen, of: upload.table)])
        let keys = page.context.keys.accounts
        let importer = try CSVImporter(
            upload.table, upload.text(keys), encoding: upload.report(keys).encoding, page.context)
        let report = try importer.tried(page.context)
        _ = try page.context.run([try upload.renewal(report, keys)])
        return page.seeOther(upload.path)
    }

    /// A column of the file.
    private struct Column {
        /// In the form.
        let name: String
        let heading: CSVHeading
        /// What it is taken for; nil where it is not imported.
        let field: Field?
        /// Nobody has said yet what it is.
        let isUnknown: Bool
        let samples: [String]
    }

    private func waiting(_ page: PageContext) throws -> (upload: CSVImport, columns: [Column]) {
        let answers = try page.context.run([CSVImport.find(id), CSVImportSettings.statement(ofImport: id)])
        guard let row = answers[0].first else { throw HTTPError.notFound() }
        let upload = try CSVImport(row)
        guard !upload.isImported else { throw HTTPError.notFound() }
        return (upload, try columns(of: upload, CSVImportSettings(answers[1]), page.context.keys.accounts))
    }

    private func columns(
        of upload: CSVImport, _ settings: CSVImportSettings, _ keys: AccountKeys
    ) throws -> [Column] {
        let file: CSVFile
        do {
            file = try CSVFile(upload.text(keys), maximumRows: upload.table.resource.maximumRows ?? CSVImportLimit.rows)
        } catch {
            throw HTTPError.notFound()
        }
        let columns = try CSVImportColumns(upload.table, file, settings)
        return CSVHeading.all(file.header).enumerated().compactMap { index, heading in
            guard !heading.key.isEmpty, index != columns.numberColumn else { return nil }
            let values = file.rows.lazy.map { index < $0.cells.count ? $0.cells[index].trimmed : "" }
            var samples: [String] = []
            for value in values where samples.count < Self.samples && !value.isEmpty && !samples.contains(value) {
                samples.append(value)
            }
            return Column(
                name: "column\(index + 1)", heading: heading, field: columns.fields[index],
                isUnknown: columns.unknown.contains(index), samples: samples)
        }
    }

    /// The first values, so that somebody sees what it is; of codes none.
    private func samples(of column: Column) -> Text? {
        guard column.field?.kind != .code else { return nil }
        let values = column.samples.map(\.echo).joined(separator: " · ")
        return values.isEmpty ? Text("It is empty.", es: "Está vacía.") : Text(values, es: values)
    }
}

extension CSVImportReport {
    /// Whether somebody should say what the columns are before the rows are looked at.
    var asksForColumns: Bool { isOpen || !missing.isEmpty }
}

extension CSVImport {
    /// The way back to it.
    func crumbs(_ page: PageContext) -> [Crumb] {
        [
            Crumb(path: AdminPath.imports, label: page.localized(.imports)),
            Crumb(path: path, label: page.localized(table.resource.plural)),
        ]
    }
}

extension Text {
    static let matchColumns = Text("Match the columns", es: "Relacionar las columnas")
    fileprivate static let doNotImport = Text("Do not import", es: "No importar")
    fileprivate static let notRecognized = Text("Not recognized", es: "No se reconocen")
    fileprivate static let recognized = Text("Recognized", es: "Reconocidas")
    fileprivate static let goOn = Text("Continue to the preview", es: "Continuar a la vista previa")
    fileprivate static let matchAbout = Text(
        "Choose what each column of the file is; its first values are shown below its heading. Your"
            + " choice is remembered for the next file of this list.",
        es:
            "Indique qué es cada columna del archivo; debajo de su encabezado están sus primeros valores. Lo"
            + " que elija se"
            + " recuerda para el siguiente archivo de esta lista.")

    fileprivate static func alreadyChosen(_ label: Text) -> Text {
        Text(
            "\(label.english) is already chosen for another column.",
            es: "\(label.spanish) ya está elegido para otra columna.")
    }
}
