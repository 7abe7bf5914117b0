import Pages
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
    ] + shiftPages + visitPages

/// Shifts and what they read.
private let shiftPages: [Route] =
    [.page(.get, "/gate/shifts/{id}/", for: .gatekeepers, ShowShift.self)]
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
        .page(.post, "/gate/visits/{id}/approve/", for: .gatekeepers, named: "ApproveVisit") {
            request throws(HTTPError) in
            try AnswerVisit(.approve, request).respond
        },
        .page(.post, "/gate/visits/{id}/deny/", for: .gatekeepers, named: "DenyVisit") { request throws(HTTPError) in
            try AnswerVisit(.deny, request).respond
        },
        .page(.get, "/gate/visits/{id}/badge/", for: .gatekeepers, ShowBadge.self),
        .page(.get, "/gate/visits/{id}/photo/", for: .gatekeepers, ShowVisitPhoto.self),
        .page(.get, GatePath.pickUnit, for: .gatekeepers, PickUnit.self),
        .page(.get, "/gate/units/{id}/", for: .gatekeepers, ShowUnit.self),
    ]
    + Route.form("/gate/visits/{id}/", for: .gatekeepers, VisitPage.init)
    + Route.form(GatePath.walkIn, for: .gatekeepers, WalkInPage.init)
