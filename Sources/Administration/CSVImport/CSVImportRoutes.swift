import Pages
import Vocabulary
import Web

/// Bringing rows in from files, for every table that administrators may add to.
let importPages: [Route] =
    Table.importable.flatMap { table -> [Route] in
        [
            .page(.get, table, "import/", ShowImport.self), .page(.post, table, "import/", SubmitImport.self),
            .page(.get, table, "import/template/", ShowImportTemplate.self),
        ]
    } + [
        .page(.get, CSVImportPath.imports, for: .administrators, ListImports.self),
        .page(.get, "\(CSVImportPath.imports){id}/", for: .administrators, ShowUpload.self),
        .page(.post, "\(CSVImportPath.imports){id}/", for: .administrators, SubmitUpload.self),
        .page(.get, "\(CSVImportPath.imports){id}/errors/", for: .administrators, ShowImportFaults.self),
        .page(.get, "\(CSVImportPath.imports){id}/undo/", for: .administrators, ShowUndo.self),
        .page(.post, "\(CSVImportPath.imports){id}/undo/", for: .administrators, SubmitUndo.self),
    ]
