import Pages
import Vocabulary
import Web

/// Bringing rows in from files, for every table that administrators may add to.
let importPages: [Route] =
    Table.importable.flatMap { table -> [Route] in
        [Route.page(.get, table, "import/template/", ShowImportTemplate.self)]
            + Route.form(table, "import/", UploadPage.init)
    } + [
        .page(.get, CSVImportPath.imports, for: .administrators, ListImports.self),
        .page(.get, "\(CSVImportPath.imports){id}/", for: .administrators, ShowCSVImport.self),
        .page(.post, "\(CSVImportPath.imports){id}/", for: .administrators, PerformCSVImport.self),
        .page(.get, "\(CSVImportPath.imports){id}/errors/", for: .administrators, ShowImportFaults.self),
    ] + Route.form("\(CSVImportPath.imports){id}/undo/", for: .administrators, UndoPage.init)
