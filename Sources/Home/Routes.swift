import Pages
import Resource
import Visitors
import Vocabulary
package import Web

/// The pages of residents.
package let homePages: [Route] =
    [
        .page(.get, HomePath.home, for: .residents, ShowHome.self).inNavigation(.myHome),
        .page(.get, HomePath.visits, for: .residents, ListVisits.self),
        .page(.get, "/home/visits/{id}/", for: .residents, ShowVisit.self),
        decision(.approve), decision(.deny),
        .page(.get, "/home/visits/{id}/photo/", for: .residents, named: "ShowVisitorPhoto") {
            request throws(HTTPError) in
            let photo = try ShowPhoto(thumbnailOf: visitors, request)
            return { page in try photo.respond(page.context) }
        },
        .page(.get, HomePath.log, for: .residents, ShowLog.self),
    ]
    + [.page(.get, "/home/visits/{id}/party/", for: .residents, ShowParty.self)]
    + Route.form("/home/visits/{id}/change/", for: .residents, ChangeVisitPage.init)
    + Route.form("/home/visits/{id}/renew/", for: .residents, RenewPassPage.init)
    + Route.form("/home/visits/{id}/cancel/", for: .residents, CancelVisitPage.init)
    + Route.form("/home/visits/{id}/card/", for: .residents, VisitCardPage.init)
    + Route.form(HomePath.party, for: .residents, PartyPage.init)
    + Route.form(HomePath.invite, for: .residents, InvitePage.init)
    + Route.form(HomePath.recurring, for: .residents, RecurringPage.init)

private func decision(_ step: DecideVisit.Step) -> Route {
    .page(.post, "/home/visits/{id}/\(step.rawValue)/", for: .residents, named: "VisitDecision \(step)") {
        request throws(HTTPError) in
        try VisitDecision(step, request).respond
    }
}
