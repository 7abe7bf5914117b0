import Pages
import Residents
import Visitors
import Vocabulary
package import Web

/// The console of guards.
package let gatePages: [Route] =
    [
        .page(.get, GatePath.console, for: .gatekeepers, ShowConsole.self)
            .inNavigation(Text("Gate", es: "Caseta")),
        // They say themselves that nobody is signed in: nginx and scripts understand 401, not the way to a page.
        .page(.get, GatePath.live, for: .anyone, ShowLiveLists.self),
        .page(.get, GatePath.feed, for: .anyone, ShowFeed.self),
    ] + decisionPages + doorPages + shiftPages + visitPages

/// Doors: opened by hand, all of them in an emergency, and what became of that.
private let doorPages: [Route] =
    [
        .page(.get, GatePath.doors, for: .gatekeepers, ShowDoors.self),
        .page(.get, "\(GatePath.console)openings/{id}/", for: .gatekeepers, named: "ShowOpening") {
            request throws(HTTPError) in
            try ShowOpenings(.one(request.identifier())).respond
        },
        .page(.get, "\(GatePath.console)decisions/{id}/doors/", for: .gatekeepers, named: "ShowOpenings of a decision")
        {
            request throws(HTTPError) in
            try ShowOpenings(.ofDecision(request.identifier())).respond
        },
    ] + Route.form("\(GatePath.doors){id}/", for: .gatekeepers, OpenDoorPage.init)
    + Route.form(PagePath.emergency, for: .gatekeepers, AllDoorsPage.init)

/// Shifts and what they read.
private let shiftPages: [Route] =
    [.page(.get, "\(GatePath.console)shifts/{id}/", for: .gatekeepers, ShowShift.self)]
    + Route.form(GatePath.shift, for: .gatekeepers, ShiftPage.init)
    + Route.form(GatePath.orders, for: .gatekeepers, OrdersPage.init)

/// Visits and homes.
private let visitPages: [Route] =
    GateList.allCases.map { list in
        .page(.get, GatePath.list(list), for: .gatekeepers, named: "ShowGateList \(list)") {
            request throws(HTTPError) in
            try ShowGateList(list, request).respond
        }
    }
    + [
        .page(.post, "\(visit)approve/", for: .gatekeepers, named: "ApproveVisit") {
            request throws(HTTPError) in
            try AnswerVisit(.approve, request).respond
        },
        .page(.post, "\(visit)deny/", for: .gatekeepers, named: "DenyVisit") { request throws(HTTPError) in
            try AnswerVisit(.deny, request).respond
        },
        .page(.get, "\(visit)badge/", for: .gatekeepers, ShowBadge.self),
        .page(.get, GatePath.pickUnit, for: .gatekeepers, PickUnit.self),
        .page(.get, "\(GatePath.console)units/{id}/", for: .gatekeepers, ShowUnit.self),
    ]
    + Route.form(visit, for: .gatekeepers, VisitPage.init)
    + Route.form(GatePath.walkIn, for: .gatekeepers, WalkInPage.init)

/// What is decided at a gate, and what was wrong with it.
private let decisionPages: [Route] =
    [
        .page(.get, GatePath.scan, for: .gatekeepers, named: "Back from a scan", back),
        .page(.post, GatePath.scan, for: .gatekeepers, ScanPage.self),
        .page(.get, GatePath.emergency, for: .gatekeepers, named: "Back from an emergency", back),
        .page(.post, GatePath.emergency, for: .gatekeepers, Emergency.self),
        .page(.get, "\(visit)admit/", for: .gatekeepers, named: "Back from admitting", back),
        .page(.post, "\(visit)admit/", for: .gatekeepers, named: "Admit by name") { request throws(HTTPError) in
            try PassByName(request, .entry).respond
        },
        .page(.get, "\(visit)exit/", for: .gatekeepers, named: "Back from letting out", back),
        .page(.post, "\(visit)exit/", for: .gatekeepers, named: "Let out by name") { request throws(HTTPError) in
            try PassByName(request, .exit).respond
        },
        .page(.get, "\(visit)photo/", for: .gatekeepers, named: "Photo of a visitor") { request throws(HTTPError) in
            try GatePhoto(visitors, request).respond
        },
        .page(.get, "\(resident)photo/", for: .gatekeepers, named: "Photo of a resident") { request throws(HTTPError) in
            try GatePhoto(residents, request).respond
        },
    ] + Route.form(GatePath.manual, for: .gatekeepers, ManualEntryPage.init)
    + Route.form(resident, for: .gatekeepers, ResidentPage.init)
    + Route.form("\(GatePath.console)decisions/{id}/", for: .gatekeepers, DecisionPage.init)

private let visit = "\(GatePath.console)visits/{id}/"
private let resident = "\(GatePath.console)residents/{id}/"

/// Pages that only take forms, looked at again: the way back to the console.
private let back: @Sendable (Request) throws(HTTPError) -> (PageContext) throws -> Response = { _ in
    { page in page.seeOther(GatePath.console) }
}
