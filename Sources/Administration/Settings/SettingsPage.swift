import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// `/admin/settings/`: what the residence decides about itself; writes all of it, unless somebody else has meanwhile.
struct SettingsPage: FormPage {
    init(_ request: Request) throws(HTTPError) {}

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let found = try page.context.run([SiteSettings.reading, Self.zones, WorkingSites.reading])
        let saved = try SiteSettings(found[0].single())
        let shown = answer.form.map { SiteSettings($0) } ?? saved
        let zones = try found[1].map { try $0.text(0) }
        // Both versions, and the form is good for writing one's own over the other knowingly.
        let isConflict = answer.status == 409
        let form = PageForm(
            AdminPath.settings, groups: SettingsFields(settings: shown, zones: zones).groups,
            buttons: [FormButton(Text("Save", es: "Guardar"))],
            errors: (isConflict ? shown.conflicts(with: saved) : []) + answer.errors, look: .long,
            hidden: [QueryItem("version", isConflict ? saved.version : shown.version)])
        return page.admin(
            .settings, status: answer.status,
            """
            \(try WorkingSites(found[2]).banner(page))\(form.html(page))
            <h2>\(page.localized(Text("Beside these", es: "Además")))</h2>
            <ul class="cards">\(Self.links.compactMap { $0.html(page) })</ul>
            """)
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        let settings = SiteSettings(form)
        guard settings.faults.isEmpty else { throw HTTPError.invalid(settings.faults) }
        guard try page.context.run([settings.writing])[0].count == 1 else { throw HTTPError(409, Self.changed) }
        return page.seeOther(
            AdminPath.settings, notice: Text("The settings are saved.", es: "La configuración quedó guardada."))
    }

    private static let changed = Text(
        "These settings were changed by somebody else while you had them open. Nothing was saved yet.",
        es: "Otra persona cambió esta configuración mientras usted la tenía abierta. Aún no se guardó nada.")

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
