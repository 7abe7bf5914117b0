import Pages
import Web

/// `/gate/`: what a guard works with.
struct ShowConsole: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response {
        try page.atGate { shift in
            page.render(shift.gateName, module: "gate.js", try ConsoleLists.html(page, shift))
        }
    }
}
