import JSON
import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// `/admin/<table>/import/`: how a file of rows must look; a file that is handed in is looked at and kept, and nothing is
/// written.
struct UploadPage: FormPage {
    private let table: Table

    init(_ table: Table, _ request: Request) throws(HTTPError) {
        self.table = table
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        guard case .file(let file)? = form["file"] else {
            throw HTTPError.invalid([FieldError("file", .noFile)])
        }
        guard file.bytes.count <= CSVImportLimit.bytes else {
            throw HTTPError.invalid([FieldError("file", .fileTooLarge(megabytes: CSVImportLimit.megabytes))])
        }
        let read: (text: String, encoding: CSVEncoding)
        do { read = try CSVEncoding.read(file.bytes) } catch {
            throw HTTPError.invalid([FieldError("file", error.text)])
        }
        let importer = try CSVImporter(table, read.text, encoding: read.encoding.rawValue, page.context)
        let report = try importer.tried(page.context)
        let id = try CSVImport.keep(read.text, named: file.name, report, of: table, page.context)
        return page.seeOther(report.asksForColumns ? AdminPath.importColumns(id) : AdminPath.importedFile(id))
    }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let resource = table.resource
        let demands = table.demandStatements
        let demanded = try table.demanded(demands.isEmpty ? [] : page.context.run(demands)[...])
        let title = Text("Import: \(resource.plural.english)", es: "Importar: \(resource.plural.spanish)")
        let form = PageForm(
            table.importPath,
            [
                FormField(
                    "file", .csvFile, .file(accept: ".csv,text/csv,text/plain", removal: nil), hint: .limits)
            ], submit: .lookAtFile, errors: answer.errors)
        return page.admin(
            title, crumbs: [Crumb(path: table.path, label: page.localized(resource.plural))], status: answer.status,
            """
            <p>\(page.localized(.importAbout))</p>
            \(form.html(page))
            <p><a href="\(table.templatePath)" download>\(page.localized(.downloadTemplate))</a> ·
            <a href="\(AdminPath.imports)">\(page.localized(.imports))</a></p>
            <h2>\(page.localized(.howRowsAreTaken))</h2>
            <p>\(page.localized(table.rule(page.layout.language)))</p>
            <h2>\(page.localized(.columns))</h2>
            <p>\(page.localized(.columnsAbout))</p>
            <ul class="rows">
            \(table.importFields.map { column($0, isRequired: $0.isRequired || demanded.contains($0.name), page) })\
            \(table.importPlaces.map { column($0, isRequired: false, page) })</ul>
            """)
    }

    private func column(_ field: Field, isRequired: Bool, _ page: PageContext) -> HTML {
        let needed: HTML? =
            isRequired ? " <strong class=\"badge\">\(page.localized(.needed))</strong>" : nil
        return """
            <li><div><strong>\(page.localized(field.label))</strong> <code>\(field.name)</code>\(needed)<br>
            <span class="quiet">\(page.localized(CSVImportCell.instruction(for: field)))</span></div></li>

            """
    }
}

extension CSVImporter {
    /// What would become of the rows: everything is written, and the transaction thrown away.
    func tried(_ context: Context) throws -> CSVImportReport {
        do {
            return try context.transaction { context in throw Trial(report: try run(context)) }
        } catch let trial as Trial {
            return trial.report
        }
    }

    /// Takes the report out of a transaction that must not be committed.
    private struct Trial: Error {
        let report: CSVImportReport
    }
}

/// `GET /admin/<table>/import/template/`: a file with the right names and a row as an example.
struct ShowImportTemplate: TableHandler {
    private let table: Table

    init(_ table: Table, _ request: Request) throws(HTTPError) {
        self.table = table
    }

    func respond(_ page: PageContext) throws -> Response {
        let fields = table.importFields
        let example = fields.map { CSVImportCell.example(of: $0, page.layout.language) }
        let lines = [fields.map { page.localized($0.label) }, example].map { CSV.line($0.map { CSV.text($0) }) }
        return .csv(named: table.admin.slug, title: table.fileName(page), lines)
    }
}

extension Table {
    /// When a row is one that is there already.
    fileprivate func rule(_ language: Language) -> Text {
        let names = keyNames(language)
        let what =
            names.isEmpty
            ? Text(
                "without an ID it is a new record, unless an identical one already exists",
                es: "sin ID es un registro nuevo, salvo que ya exista uno idéntico")
            : Text(
                "without an ID, it has the same \(names) as an existing one",
                es: "sin ID, tiene el mismo valor de \(names) que uno existente")
        return names.isEmpty
            ? Text(
                "A row with an ID changes the record of that number; \(what.english). A blank cell changes nothing.",
                es: "Una fila con ID cambia el registro de ese número; \(what.spanish). Una celda vacía no cambia nada."
            )
            : Text(
                "A row is an existing record if it has its ID or, \(what.english): then only what differs"
                    + " changes, and a blank cell changes nothing. Every other row is new.",
                es:
                    "Una fila es un registro existente si lleva su ID o, \(what.spanish): entonces solo se cambia lo"
                    + " que difiere, y una celda vacía no cambia nada. Las demás filas son nuevas.")
    }
}

extension Text {
    static let imports = Text("Imports", es: "Importaciones")
    fileprivate static let importAbout = Text(
        "Add many rows at once. First you see what would happen to each one; nothing is saved until you"
            + " confirm, and an import can be undone.",
        es: "Agregue muchas filas de una vez. Primero verá qué pasaría con cada una; nada se guarda hasta"
            + " que usted confirme, y una importación se puede deshacer.")
    fileprivate static let csvFile = Text("CSV file", es: "Archivo CSV")
    fileprivate static let limits = Text(
        "At most \(CSVImportLimit.rows) rows and \(CSVImportLimit.megabytes) MB. UTF-8 or as Excel saves"
            + " it, with commas,"
            + " semicolons or tabs.",
        es:
            "Máximo \(CSVImportLimit.rows) filas y \(CSVImportLimit.megabytes) MB. UTF-8 o como lo guarda"
            + " Excel, con comas, punto"
            + " y coma o tabuladores.")
    fileprivate static let lookAtFile = Text("Review file", es: "Revisar archivo")
    fileprivate static let downloadTemplate = Text("Download template", es: "Descargar plantilla")
    fileprivate static let howRowsAreTaken = Text("New or existing", es: "Nuevas o ya existentes")
    fileprivate static let columns = Text("Columns", es: "Columnas")
    fileprivate static let columnsAbout = Text(
        "The first line names the columns, in any order; either name works, and so do common ones such"
            + " as Apt. or Tel. If"
            + " a column is not recognized you are asked what it is, and the answer is remembered.",
        es:
            "La primera línea nombra las columnas, en cualquier orden; sirve cualquiera de los dos nombres y"
            + " también los usuales,"
            + " como Depto. o Tel. Si una columna no se reconoce se le pregunta cuál es, y la respuesta se recuerda.")
    fileprivate static let needed = Text("required for new rows", es: "obligatoria en filas nuevas")
    fileprivate static let noFile = Text("Choose a file.", es: "Elija un archivo.")
}
