import Pages
import PostgreSQL
import Resource
import Users
import Vocabulary
import Web

/// `/admin/settings/`: what the residence decides about itself, a table of one row.
struct SettingsPage: FormPage {
    private let table: Table

    init(_ request: Request) throws(HTTPError) {
        guard let admin = siteSettings.admin else { throw .internalError }
        table = Table(resource: siteSettings, admin: admin)
    }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let (form, id) = try form(page)
        return try form.ofRow(id, page)
    }

    func perform(_ sent: Form, _ page: PageContext) throws -> Response {
        let (form, id) = try form(page)
        return try form.save(sent, to: id, page)
            ?? page.seeOther(
                AdminPath.settings, notice: Text("The settings are saved.", es: "La configuración quedó guardada."))
    }

    /// The form of the site that the caller works in, and its number.
    private func form(_ page: PageContext) throws -> (RecordForm, Int64) {
        let found = try page.context.run([Self.zones, WorkingSites.reading])
        let sites = try WorkingSites(found[1])
        guard let here = sites.sites.first(where: \.isCurrent) else { throw HTTPError.notFound() }
        let banner = sites.banner(page)
        let place = RecordPlace(path: AdminPath.settings) { page, status, form in
            page.admin(
                .settings, status: status,
                """
                \(banner)\(form)
                <h2>\(page.localized(Text("Beside these", es: "Además")))</h2>
                <ul class="cards">\(Self.links.compactMap { $0.html(page) })</ul>
                """)
        }
        let zones = try found[0].map { try $0.text(0) }
        return (RecordForm(table: table, id: here.id, offered: ["time_zone": zones], place: place), here.id)
    }

    /// Zones by their full names; abbreviations and old names without a place are left out.
    private static let zones = Statement(
        "select z.name from pg_catalog.pg_timezone_names as z where z.name = 'UTC' or z.name ~"
            + " '^(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/' order by 1",
        name: "time_zones")

    private static let links = [
        SettingsLink(
            table: "garita.schedules",
            about: Text("When codes open, by day and hour.", es: "Cuándo abren los códigos, por día y hora.")),
        SettingsLink(
            table: "garita.holidays",
            about: Text("Days on which schedules are others.", es: "Días en que los horarios son otros.")),
    ]
}

/// A table that belongs to the settings.
private struct SettingsLink: Sendable {
    let table: String
    let about: Text

    func html(_ page: PageContext) -> HTML? {
        Table.of(table).map {
            "<li><a href=\"\($0.path)\">\(page.localized($0.resource.plural))</a><p>\(page.localized(about))</p></li>\n"
        }
    }
}
