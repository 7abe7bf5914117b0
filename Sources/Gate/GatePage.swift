import Pages
import Web

extension PageContext {
    /// A page of the gate: wherever one is, what a scanner types is read (web/static/gate-keys.js), and a door
    /// that opens is followed (web/static/gate-doors.js).
    func gate(
        _ title: String, status: Int = 200, above: HTML? = nil, module: String? = nil, _ content: HTML
    ) -> Response {
        render(
            title, status: status, above: above, module: module,
            head: "\(script("gate-keys.js"))\(script("gate-doors.js"))",
            content)
    }

    /// The same, under a heading that is in both languages.
    func gate(_ title: Text, status: Int = 200, _ content: HTML) -> Response {
        gate(localized(title), status: status, content)
    }
}
