import Pages
import Vocabulary
import Web

/// Bringing rows in from files, for every table that administrators may add to.
let importPages: [Route] =
    Table.importable.flatMap { table -> [Route] in
        [Route.page(.get, table, "import/template/", ShowImportTemplate.self)]
            + Route.form(table, "import/", UploadPage.init)
    } + [
        .page(.get, AdminPath.imports, for: .administrators, ListImports.self),
        .page(.get, "\(AdminPath.imports){id}/", for: .administrators, ShowCSVImport.self),
        .page(.post, "\(AdminPath.imports){id}/", for: .administrators, PerformCSVImport.self),
        .page(.get, "\(AdminPath.imports){id}/errors/", for: .administrators, ShowImportFaults.self),
    ] + Route.form("\(AdminPath.imports){id}/columns/", for: .administrators, MatchColumnsPage.init)
    + Route.form("\(AdminPath.imports){id}/undo/", for: .administrators, UndoPage.init)
