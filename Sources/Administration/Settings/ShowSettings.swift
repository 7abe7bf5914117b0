import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// `GET /admin/settings/`: what the residence decides about itself.
struct ShowSettings: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response {
        try SettingsForm.response(page) { SettingsForm.Answer(shown: $0) }
    }
}

/// `POST /admin/settings/`: writes all of them, unless somebody else has meanwhile.
struct SubmitSettings: PageHandler {
    private let settings: SiteSettings

    init(_ request: Request) throws(HTTPError) { settings = SiteSettings(try Form(request)) }

    func respond(_ page: PageContext) throws -> Response {
        let faults = settings.faults
        guard faults.isEmpty else { return try again(page, faults) }
        do {
            guard try page.context.run([settings.writing])[0].count == 1 else { return try conflict(page) }
        } catch let error as DatabaseError {
            let error = HTTPError(error)
            guard let faults = error.formFaults else { throw error }
            return try again(page, faults)
        }
        return page.seeOther(
            AdminPath.settings, notice: Text("The settings are saved.", es: "La configuración quedó guardada."))
    }

    private func again(_ page: PageContext, _ faults: [FieldError]) throws -> Response {
        try SettingsForm.response(page) { _ in SettingsForm.Answer(shown: settings, faults: faults, status: 400) }
    }

    /// Both versions, and the form is good for writing one's own over the other knowingly.
    private func conflict(_ page: PageContext) throws -> Response {
        try SettingsForm.response(page) { saved in
            SettingsForm.Answer(
                shown: settings, version: saved.version,
                faults: settings.conflicts(with: saved) + [SettingsForm.changed],
                status: 409)
        }
    }
}

/// The form of both.
enum SettingsForm {
    struct Answer {
        let shown: SiteSettings
        /// That of the row as it is, where it is not what is shown.
        var version: String?
        var faults: [FieldError] = []
        var status = 200
    }

    static let changed = FieldError(
        FieldError.wholeObject,
        Text(
            "These settings were changed by somebody else while you had them open. Nothing was saved yet.",
            es: "Otra persona cambió esta configuración mientras usted la tenía abierta. Aún no se guardó nada."))

    /// Zones by their full names; abbreviations and old names without a place are left out.
    private static let zones = Statement(
        "select z.name from pg_catalog.pg_timezone_names as z where z.name = 'UTC' or z.name ~"
            + " '^(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/' order by 1",
        name: "time_zones")

    /// - Parameter answer: what to show, given what is saved.
    static func response(_ page: PageContext, _ answer: (SiteSettings) -> Answer) throws -> Response {
        let found = try page.context.run([SiteSettings.reading, zones, WorkingSites.reading])
        let answer = answer(try SiteSettings(found[0].single()))
        let zones = try found[1].map { try $0.text(0) }
        let fields = SettingsFields(settings: answer.shown, zones: zones)
        let version =
            "<input type=\"hidden\" name=\"version\" value=\"\(answer.version ?? answer.shown.version)\">" as HTML
        let form = PageForm(
            AdminPath.settings, groups: fields.groups, submit: Text("Save", es: "Guardar"), errors: answer.faults,
            extra: version)
        return page.admin(
            .settings, status: answer.status,
            """
            \(try WorkingSites(found[2]).banner(page))\(form.html(page))
            <h2>\(page.localized(Text("Beside these", es: "Además")))</h2>
            <ul class="cards">\(links.compactMap { $0.html(page) })</ul>
            """)
    }

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
