import Pages
import Web

/// `/home/`: who comes today.
struct ShowHome: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response {
        page.render(Text("Who comes today", es: "Quién viene hoy"), "")
    }
}
