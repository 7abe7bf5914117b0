import Integrations
import Pages
import PostgreSQL
import Resource
import Web

/// Webhooks that were switched off because nothing could be delivered any more: whoever relies on them has to hear of it.
struct StoppedWebhooks {
    private let rows: Rows

    static let statement = Statement(
        "select w.id, w.name, w.stopped_reason from garita.webhooks as w where w.stopped_at is not null"
            + " order by w.stopped_at desc limit 5",
        name: "stopped webhooks")

    init(_ rows: Rows) { self.rows = rows }

    func html(_ page: PageContext) throws -> HTML? {
        guard !rows.isEmpty else { return nil }
        let lines = try rows.map { row -> HTML in
            let reason = webhooks.field("stopped_reason")?.label(of: try row.text(2)) ?? Text("", es: "")
            let path = "\(AdminPath.webhooks)\(try row.integer(0))/"
            return """
                <p class="notice">\(page.localized(Text("Webhook switched off", es: "Webhook apagado"))): \
                <a href="\(path)">\(try row.text(1))</a>. \(page.localized(reason)).</p>

                """
        }
        return HTML(lines)
    }
}
