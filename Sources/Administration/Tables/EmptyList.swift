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
        var steps: [HTML] = []
        if table.allows(.create) || table.admin.hasCustomCreatePage {
            steps.append("<a href=\"\(table.path)new/\">\(page.localized(.add(table.resource.singular)))</a>")
        }
        if table.isImportable {
            steps.append("<a href=\"\(table.importPath)\">\(page.localized(.importFile))</a>")
        }
        let next = steps.count == 2 ? "\(steps[0]) \(page.localized(.or)) \(steps[1])" : HTML(steps)
        return "<p class=\"empty\">\(page.localized(.noneYet)) \(next)</p>"
    }
}

extension Text {
    fileprivate static let noneYet = Text("This list is empty.", es: "Esta lista está vacía.")
    fileprivate static let noneFits = Text(
        "Nothing matches the search and filters.", es: "Nada coincide con la búsqueda y los filtros.")
    fileprivate static let clearFilters = Text("Clear filters", es: "Quitar filtros")
    fileprivate static let importFile = Text("import a CSV file", es: "importar un archivo CSV")
    fileprivate static let or = Text("or", es: "o")
}
