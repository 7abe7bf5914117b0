import Pages
import PostgreSQL
import Users
import Web

/// The residences that who looks at a page may work in.
struct WorkingSites {
    /// Number, name, code, and whether this session works there.
    let sites: [(id: Int64, name: String, code: String, isCurrent: Bool)]

    /// Row-level security shows a superuser all that are active, everybody else the own one.
    static let reading = Statement(
        "select s.id, s.name, s.code, s.id = garita.current_site_id() from garita.sites as s"
            + " where s.is_active order by s.name, s.id limit 200", name: "working_sites")

    init(_ rows: Rows) throws {
        sites = try rows.map { (try $0.integer(0), try $0.text(1), try $0.text(2), try $0.bool(3)) }
    }

    /// Says where one works, to who could be mistaken about it.
    func banner(_ page: PageContext) -> HTML? {
        guard sites.count > 1, let here = sites.first(where: \.isCurrent) else { return nil }
        return """
            <p class="notice">\(page.localized(Self.youWorkIn)) <strong>\(here.name)</strong> (\(here.code)). \
            <a href="\(PagePath.site)">\(page.localized(Self.change))</a></p>

            """
    }

    static let youWorkIn = Text("You are working in", es: "Usted trabaja en")
    static let change = Text("Switch community", es: "Cambiar de residencial")
}

/// `GET /admin/site/`: where a superuser works; 404 for who belongs to one residence.
struct ShowSites: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response {
        let found = try WorkingSites(page.context.run([WorkingSites.reading])[0])
        guard found.sites.count > 1 else { throw HTTPError.notFound() }
        let about = Text(
            "You see and manage one community at a time. Your choice lasts for this session, until you"
                + " change it.",
            es: "Usted ve y administra un residencial a la vez. Lo que elija vale para esta sesión, hasta que"
                + " lo cambie.")
        let rows = found.sites.map { site -> HTML in
            let action: HTML =
                site.isCurrent
                ? "<strong class=\"badge\">\(page.localized(Text("You are here", es: "Está aquí")))</strong>"
                : """
                <form method="post" action="\(PagePath.site)">\(page.layout.formToken)\
                <button class="quiet" name="site" value="\(site.id)">\(page.localized(Text("Work here", es: "Trabajar aquí")))\
                <span class="unseen"> \(site.name)</span></button></form>
                """
            return
                "<li><div><strong>\(site.name)</strong><br><span class=\"quiet\">\(site.code)</span></div>\(action)</li>\n"
        }
        return page.admin(
            Text("Choose a community", es: "Elegir residencial"),
            "<p>\(page.localized(about))</p>\n<ul class=\"rows\">\n\(rows)</ul>")
    }
}

/// `POST /admin/site/`: from the next page on, this session of a superuser works there.
struct SubmitSite: PageHandler {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) {
        guard let id = WholeNumber.read(try Form(request).text("site"), in: WholeNumber.identifiers) else {
            throw .notFound()
        }
        self.id = id
    }

    func respond(_ page: PageContext) throws -> Response {
        try ChooseSite(id).perform(page.context)
        return page.seeOther(AdminPath.home, notice: Text("You are now working there.", es: "Ahora trabaja ahí."))
    }
}
