import Pages
import Residents
import Resource
import Visitors
import Vocabulary
package import Web

/// The pages of residents.
package let homePages: [Route] =
    [
        .page(.get, HomePath.home, for: .residents, ShowHome.self).inNavigation(.myHome),
        .page(.get, HomePath.waiting, for: .residents, ShowWaiting.self),
        .page(.get, HomePath.visits, for: .residents, ListVisits.self),
        .page(.get, "/home/visits/{id}/", for: .residents, ShowVisit.self),
        decision(.approve), decision(.deny),
        photo("/home/visits/{id}/photo/", of: visitors), photo("/home/household/{id}/photo/", of: residents),
        .page(.get, "/home/visits/{id}/party/", for: .residents, ShowParty.self),
        .page(.get, HomePath.cards, for: .residents, ListCards.self),
        .page(.post, "/home/vehicles/{id}/remove/", for: .residents, RemoveVehicle.self),
        .page(.get, HomePath.log, for: .residents, ShowLog.self),
    ]
    + Route.form("/home/visits/{id}/change/", for: .residents, ChangeVisitPage.init)
    + Route.form("/home/visits/{id}/renew/", for: .residents, RenewPassPage.init)
    + Route.form("/home/visits/{id}/cancel/", for: .residents, CancelVisitPage.init)
    + Route.form("/home/visits/{id}/party/cancel/", for: .residents, CancelPartyPage.init)
    + Route.form("/home/visits/{id}/card/", for: .residents, VisitCardPage.init)
    + Route.form("/home/cards/{id}/lost/", for: .residents, LostCardPage.init)
    + Route.form(HomePath.vehicles, for: .residents, VehiclesPage.init)
    + Route.form(HomePath.household, for: .residents, HouseholdPage.init)
    + Route.form("/home/household/{id}/end/", for: .residents, EndMemberPage.init)
    + Route.form(HomePath.me, for: .residents, OwnDataPage.init)
    + Route.form(HomePath.party, for: .residents, PartyPage.init)
    + Route.form(HomePath.invite, for: .residents, InvitePage.init)
    + Route.form(HomePath.recurring, for: .residents, RecurringPage.init)

private func decision(_ step: DecideVisit.Step) -> Route {
    .page(.post, "/home/visits/{id}/\(step.rawValue)/", for: .residents, named: "VisitDecision \(step)") {
        request throws(HTTPError) in
        try VisitDecision(step, request).respond
    }
}

/// The small picture of a row that the resident may see.
private func photo(_ path: String, of resource: Resource) -> Route {
    .page(.get, path, for: .residents, named: "Show\(resource.model)Photo") { request throws(HTTPError) in
        let photo = try ShowPhoto(thumbnailOf: resource, request)
        return { page in try photo.respond(page.context) }
    }
}
