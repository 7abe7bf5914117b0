import Pages
import Resource
import Web

/// What stands in place of a list without rows: the next step, or that a filter keeps none.
struct EmptyList {
    let list: TableList

    func html(_ page: PageContext) -> HTML {
        guard list.narrowing.isEmpty else {
            return """
                <p class="empty">\(page.localized(.noneFits))
                <a href="\(list.table.path)">\(page.localized(.clearFilters))</a></p>
                """
        }
        let table = list.table
        let plural = table.resource.plural
        let none = Text(
            "There are no \(plural.english.lowercasedFirst) yet.",
            es: "Todavía no hay \(plural.spanish.lowercasedFirst).")
        var steps: [HTML] = []
        if table.allows(.create) || table.admin.hasCustomCreatePage {
            let singular = table.resource.singular
            let add = Text(
                "Add \(singular.english.lowercasedFirst)", es: "Agregar \(singular.spanish.lowercasedFirst)")
            steps.append("<a href=\"\(table.path)new/\">\(page.localized(add))</a>")
        }
        if table.isImportable {
            steps.append("<a href=\"\(table.importPath)\">\(page.localized(.importFile))</a>")
        }
        let next = steps.count == 2 ? "\(steps[0]) \(page.localized(.or)) \(steps[1])" : HTML(steps)
        return "<p class=\"empty\">\(page.localized(none)) \(next)</p>"
    }
}

extension String {
    /// As it stands within a sentence.
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}

extension Text {
    fileprivate static let noneFits = Text(
        "Nothing matches the search and filters.", es: "Nada coincide con la búsqueda y los filtros.")
    fileprivate static let clearFilters = Text("Clear them", es: "Quitarlos")
    fileprivate static let importFile = Text("import a CSV file", es: "importar un archivo CSV")
    fileprivate static let or = Text("or", es: "o")
}
