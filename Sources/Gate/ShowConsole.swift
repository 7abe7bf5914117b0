import Pages
import Vocabulary
import Web

/// `/gate/`: what a guard works with.
///
/// Which way people pass stands in its address.
struct ShowConsole: PageHandler {
    private let direction: String?

    init(_ request: Request) throws(HTTPError) { direction = request.queryValue("direction") }

    func respond(_ page: PageContext) throws -> Response {
        try page.atGate { shift in
            let direction = shift.direction(direction)
            let leaving = Text("EXIT", es: "SALIDA")
            let title = direction == .exit ? "\(shift.gateName) · \(page.localized(leaving))" : shift.gateName
            let recent = try page.context.run([LoggedDecision.newest(at: shift.gate)])[0]
            return page.gate(
                title, module: "gate.js",
                """
                \(GateBox(shift: shift, direction: direction).html(page))
                <div class="tools">
                <a class="button" href="\(GatePath.walkIn)">\(Icon.add)\(page.localized(.walkIn))</a>
                <a class="button quiet" href="\(GatePath.manual)">\(page.localized(.enterByHand))</a>
                <a class="button quiet" href="\(GatePath.doors)">\(page.localized(.doorsOfGate))</a>
                <a class="button quiet" href="\(GatePath.shift)">\(page.localized(.shift))</a>
                \(Emergency.button(page))
                <a class="button bad" href="\(PagePath.emergency)">\(page.localized(.openAllDoors))</a></div>
                \(try ConsoleLists.html(page, shift))
                \(try RecentDecisions.html(page, recent))
                """)
        }
    }
}
