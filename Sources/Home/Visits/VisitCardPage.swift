import Cryptography
import Pages
import Visitors
import Web

/// `/home/visits/{id}/card/`: a card that opens what the pass opens; a lost one opens nothing once it is taken away.
struct VisitCardPage: FormPage {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try page.atVisit(id) { _, visit in
            let fields = InviteForm(answer: answer, defaults: [:])
            let hasCard = try visit.livePass().hasCard
            let remove = FormButton(
                Text("Lost: it opens no more", es: "Se perdió: que ya no abra"), QueryItem("do", "remove"), .destructive
            )
            let form = PageForm(
                HomePath.visit(id, "card"), groups: [FieldGroup(nil, [fields.card])],
                buttons: [FormButton(.save)] + (hasCard ? [remove] : []), errors: answer.errors,
                cancel: HomePath.visit(id))
            return page.task(
                Text("Card of the visit", es: "Tarjeta de la visita"), of: visit, answer,
                consequences: hasCard ? [.anotherEnds] : [], form)
        }
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try page.atVisit(id) { _, visit in
            let pass = try visit.livePass()
            if form.text("do") == "remove" {
                try SetPassCard(nil, of: pass.id).perform(page.context)
                return page.seeOther(
                    HomePath.visit(id), notice: Text("The card opens no more.", es: "La tarjeta ya no abre."))
            }
            let card = try form.read { fields in
                let card = fields.card()
                if form.text("card").isEmpty { fields.add(FieldError("card", .required)) }
                return card
            }
            try SetPassCard(card, of: pass.id).perform(page.context)
            return page.seeOther(HomePath.visit(id), notice: Text("The card opens now.", es: "La tarjeta ya abre."))
        }
    }
}

extension Text {
    fileprivate static let anotherEnds = Text(
        "The visit has a card. Another number takes its place.",
        es: "La visita tiene una tarjeta. Otro número la sustituye.")
}
