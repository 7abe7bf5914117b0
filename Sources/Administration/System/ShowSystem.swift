import Pages
import PostgreSQL
import Vocabulary
import Web

/// `GET /admin/system/`: what runs, since when, and what is in trouble, in words that can be passed to the operator.
struct ShowSystem: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response {
        let found = try page.context.run([Self.silentDevices] + SystemReport.statements)
        guard let report = try SystemReport(found.dropFirst()) else { throw HTTPError.unavailable }
        let silent = try found[0].map { (id: try $0.integer(0), name: try $0.text(1), gate: try $0.text(2)) }
        return page.admin(.system, "\(report.html(page))\(Self.devices(silent, page))")
    }

    /// Devices of the site that nobody has passed at for a day, which may be off.
    ///
    /// The rows of one day, by the index of site and time.
    private static let silentDevices = Statement(
        """
        select d.id, d.name, p.name from garita.devices d join garita.access_points p on p.id = d.access_point_id
        where d.is_active and d.created_at < now() - interval '24 hours' and not exists (
            select from garita.access_logs l where l.site_id = garita.current_site_id()
                and l."timestamp" > now() - interval '24 hours' and l.device_id = d.id::text)
        order by p.name, d.name limit 50
        """, name: "silent_devices")

    private static func devices(
        _ silent: [(id: Int64, name: String, gate: String)], _ page: PageContext
    ) -> HTML? {
        guard !silent.isEmpty else { return nil }
        let lines = silent.map { device -> HTML in
            """
            <li><div><strong>\(device.name)</strong><br><span class="quiet">\(device.gate)</span></div>\
            <a href="\(AdminPath.devices)\(device.id)/">\(page.localized(Text("View", es: "Ver")))\
            <span class="unseen"> \(device.name)</span></a></li>

            """
        }
        let heading = Text("Devices not heard of for a day", es: "Dispositivos sin señal desde hace un día")
        return "<section><h2>\(page.localized(heading))</h2>\n<ul class=\"rows\">\n\(lines)</ul></section>\n"
    }
}

/// What runs behind the pages.
let systemPages: [Route] = [.page(.get, AdminPath.system, for: .administrators, ShowSystem.self)]
