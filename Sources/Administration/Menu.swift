import Pages
import Resource
import Vocabulary
import Web

/// One step of the way back that stands above a heading.
struct Crumb {
    let path: String
    let label: String
}

extension PageContext {
    /// A page of the administration: the menu beside it, the way back above it.
    ///
    /// - Parameter crumbs: the way here, from the start page on, without it and without this page.
    func admin(
        _ title: String, crumbs: [Crumb] = [], status: Int = 200, headers: [Header] = [], _ content: HTML
    ) -> Response {
        render(title, status: status, headers: headers, beside: Menu.html(self), above: way(crumbs), content)
    }

    /// As above, with a title of ours.
    func admin(
        _ title: Text, crumbs: [Crumb] = [], status: Int = 200, headers: [Header] = [], _ content: HTML
    ) -> Response {
        admin(localized(title), crumbs: crumbs, status: status, headers: headers, content)
    }

    private func way(_ crumbs: [Crumb]) -> HTML? {
        guard layout.request.path != AdminPath.home else { return nil }
        let steps = ([Crumb(path: AdminPath.home, label: localized(.administration))] + crumbs).map { crumb -> HTML in
            "<li><a href=\"\(crumb.path)\">\(crumb.label)</a></li>"
        }
        return "<nav class=\"way\" aria-label=\"\(localized(.whereYouAre))\"><ol>\(steps)</ol></nav>\n"
    }
}

/// What stands beside every page of the administration.
enum Menu {
    static func html(_ page: PageContext) -> HTML {
        let first: HTML = """
            <ul>\(item(AdminPath.home, .today, page))\(item(AdminPath.reports, .reports, page))</ul>
            """
        let sections = AdminOptions.Section.allCases.map { section -> HTML in
            let tables = Table.all.filter { $0.admin.section == section }
            return """
                <h2>\(page.localized(section.label))</h2><ul>\(tables.map { item($0.path, $0.resource.plural, page) })</ul>
                """
        }
        return """
            <nav class="side" aria-label="\(page.localized(.administration))">
            <form role="search" method="post" action="\(AdminPath.search)">\(page.layout.formToken)\
            <label class="unseen" for="everywhere">\(page.localized(.searchEverywhere))</label>\
            <input id="everywhere" name="q" type="search" placeholder="\(page.localized(.searchEverywhere))" autocomplete="off" \
            aria-keyshortcuts="/"></form>
            <details><summary>\(page.localized(.menu))</summary>\(first)\(sections)<h2>\(page.localized(.site))</h2>\
            <ul>\(item(AdminPath.imports, .imports, page))\(item(AdminPath.settings, .settings, page))\(item(AdminPath.system, .system, page))</ul></details>
            </nav>
            """
    }

    private static func item(_ path: String, _ label: Text, _ page: PageContext) -> HTML {
        let here = page.layout.request.path
        let isHere = path == AdminPath.home ? here == path : here.hasPrefix(path)
        return "<li><a href=\"\(path)\"\(" aria-current=\"true\"", if: isHere)>\(page.localized(label))</a></li>"
    }
}

extension Text {
    static let administration = Text("Administration", es: "Administración")
    static let whereYouAre = Text("You are here", es: "Usted está en")
    static let today = Text("Today", es: "Hoy")
    static let reports = Text("Reports", es: "Reportes")
    static let settings = Text("Settings", es: "Configuración")
    static let site = Text("Community", es: "Residencial")
    static let menu = Text("Menu", es: "Menú")
    static let searchEverywhere = Text("Search everything", es: "Buscar en todo")
}
