import Pages
import PostgreSQL
import Resource
import Web

/// A row that a list is to be narrowed by, asked for by its name: `?unit.text=A-101`.
///
/// It becomes its number in the address, which is what a list keeps, pages and exports; of several rows that the name may
/// mean, one is chosen.
struct NamedFilter {
    private static let maximumRows: Int64 = 20
    private let list: TableList
    private let name: String
    private let target: Table
    private let text: String
    /// What the text was when its number was known.
    private let was: String

    /// - Returns: nil where no name was typed.
    init?(_ list: TableList) {
        for filter in list.table.resource.list.filters {
            let field = list.table.resource.field(filter.name)
            guard let target = Table.of(filter.target ?? field?.target),
                let text = list.request.queryValue("\(filter.name).text")
            else { continue }
            self.list = list
            self.target = target
            self.text = text
            name = filter.name
            was = list.request.queryValue("\(filter.name).was") ?? ""
            return
        }
        return nil
    }

    func respond(_ page: PageContext) throws -> Response {
        if text.isEmpty { return page.seeOther(address(nil)) }
        if text == was, let number = list.filter(name) { return page.seeOther(address(number)) }
        let found = try page.context.run([target.candidates(text, limit: Self.maximumRows)])[0].map(Choice.init)
        let exact = found.filter { $0.isCalled(text) }
        if let row = found.count == 1 ? found[0] : exact.count == 1 ? exact[0] : nil {
            return page.seeOther(address(String(row.id)))
        }
        let links = found.map { "<li><a href=\"\(address(String($0.id)))\">\($0.title)</a></li>" as HTML }
        let about: Text = found.isEmpty ? .nothingCalled(text) : .severalCalled(text)
        return page.admin(
            "\(page.localized(target.resource.singular)): \(text)", crumbs: [list.table.crumb(page)],
            """
            <p>\(page.localized(about))</p><ul>\(links)</ul>
            <p><a href="\(address(nil))">\(page.localized(Text("Back to the list", es: "Volver a la lista")))</a></p>
            """)
    }

    private func address(_ number: String?) -> String {
        list.address((name, number), ("\(name).text", nil), ("\(name).was", nil))
    }
}
