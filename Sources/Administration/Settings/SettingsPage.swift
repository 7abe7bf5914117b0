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
        let row = try CurrentRow(table, Self.here, page, Self.besides)
        return try form(row.id, row.answers, page).of(row).response(page)
    }

    func perform(_ sent: Form, _ page: PageContext) throws -> Response {
        let found = try page.context.run([table.title(of: Self.here)] + Self.besides)
        let id = try found[0].single().integer(0)
        return try form(id, Array(found.dropFirst()), page).save(sent, to: id, page)
            ?? page.seeOther(
                AdminPath.settings, notice: Text("The settings are saved.", es: "La configuración quedó guardada."))
    }

    /// The form of the site that the caller works in, as `besides` was answered.
    private func form(_ id: Int64, _ answers: [Rows], _ page: PageContext) throws -> RecordForm {
        let banner = try WorkingSites(answers[1]).banner(page)
        let place = RecordPlace(path: AdminPath.settings) { page, status, form in
            page.admin(
                .settings, status: status,
                """
                \(banner)\(form)
                <h2>\(page.localized(Text("Related settings", es: "Configuración relacionada")))</h2>
                <ul class="cards">\(Self.links.compactMap { $0.html(page) })</ul>
                """)
        }
        let zones = try answers[0].map { try $0.text(0) }
        return RecordForm(table: table, id: id, offered: ["time_zone": zones], place: place)
    }

    /// The site that the caller works in.
    private static let here = RowKey("garita.current_site_id()", "own site")

    /// What the page shows beside the row.
    private static let besides = [zones, WorkingSites.reading]

    /// Those of the country: all are five hundred.
    ///
    /// - SQL: `api.time_zones` (sql/functions/users/time_zones.sql).
    private static let zones = Statement("select z from api.time_zones() as z order by 1", name: "time_zones")

    private static let links = [
        SettingsLink(
            table: "garita.schedules",
            about: Text("When codes work, by day and hour.", es: "Cuándo funcionan los códigos, por día y hora.")),
        SettingsLink(
            table: "garita.holidays",
            about: Text("Days when schedules don't apply.", es: "Días en que los horarios no aplican.")),
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
