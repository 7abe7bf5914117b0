import Pages
import Visitors
import Web

/// `/home/visits/{id}/cancel/`: the visit is called off; one that has begun gets no further entry.
struct CancelVisitPage: FormPage {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try page.atVisit(id) { _, visit in
            let form = PageForm(
                HomePath.visit(id, "cancel"), groups: [],
                buttons: [FormButton(Text("Cancel the visit", es: "Cancelar la visita"), nil, .destructive)],
                errors: answer.errors, look: .task, cancel: HomePath.visit(id))
            return page.task(
                Text("Cancel the visit?", es: "¿Cancelar la visita?"), of: visit, answer,
                consequences: [.letsNobodyIn, .forGood], form)
        }
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try page.atVisit(id) { _, visit in
            try page.context.transaction { try visit.cancel($0) }
            return page.seeOther(
                HomePath.visits, notice: Text("The visit is canceled.", es: "La visita se canceló."))
        }
    }
}

extension HomeVisit {
    private var isAwaited: Bool { status == "PENDING" || status == "APPROVED" }

    /// Whether there is something to call off.
    var canBeCanceled: Bool { isOpen && (isAwaited || pass?.isLive == true) }

    /// Calls it off; of one that has begun its passes end.
    ///
    /// - Throws: 409 where there is nothing to call off.
    func cancel(_ context: Context) throws {
        if isAwaited {
            try Form([]).read { DecideVisit(.cancel, of: id, &$0) }.perform(context)
        } else {
            _ = try livePass()
            try endPasses(context)
        }
    }
}

extension Text {
    fileprivate static let letsNobodyIn = Text(
        "Its pass lets nobody in any more; whoever is inside can leave with it.",
        es: "Su pase ya no deja entrar a nadie; quien esté dentro puede salir con él.")
    static let forGood = Text(
        "This cannot be undone; you can invite again.", es: "No se puede deshacer; puede invitar otra vez.")
}
