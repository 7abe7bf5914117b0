import Pages
import Visitors
import Web

/// `/home/visits/{id}/party/cancel/`: the party is off: nobody on its list comes any more; whoever is inside can leave.
struct CancelPartyPage: FormPage {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try page.atVisit(id) { _, visit in
            guard !visit.party.isEmpty else { throw HTTPError.notFound() }
            let guests = try HomeVisit.party(visit.party, on: visit.day, page.context).count(where: \.canBeCanceled)
            let form = PageForm(
                HomePath.cancelParty(of: id), groups: [], buttons: [FormButton(.cancelParty, nil, .destructive)],
                errors: answer.errors, look: .task, cancel: HomePath.visit(id, "party"))
            return page.question(
                page.localized(Text("Cancel the whole list?", es: "¿Cancelar toda la lista?")), answer,
                below: (HomePath.visit(id, "party"), Text(visit.party, es: visit.party)),
                consequences: [
                    Text(
                        "The passes of \(guests) guests let nobody in any more.",
                        es: "Los pases de \(guests) invitados ya no dejan entrar a nadie."), .forGood,
                ], form)
        }
    }

    /// Whoever is off already, or has been here and has no entries left, stays as they are.
    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try page.atVisit(id) { _, visit in
            guard !visit.party.isEmpty else { throw HTTPError.notFound() }
            try page.context.transaction { context in
                for guest in try HomeVisit.party(visit.party, on: visit.day, context) where guest.canBeCanceled {
                    try guest.cancel(context)
                }
            }
            return page.seeOther(
                HomePath.visit(id, "party"), notice: Text("The list is canceled.", es: "La lista se canceló."))
        }
    }
}

extension Text {
    static let cancelParty = Text("Cancel the whole list", es: "Cancelar toda la lista")
}
