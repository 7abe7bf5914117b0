import AccessControl
import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// What a task of a permanent code is about.
private let cardFacts = ["resident", "code", "code_type", "access_points", "schedule", "expiry_date", "is_active"]

/// `/admin/cards/{id}/report-lost/`: a lost card opens nothing from now on.
enum ReportCardLost: ActionPage {
    static var table: Table? { .named("cards") }
    static let path = "report-lost/"
    static let facts = cardFacts
    static let question = ConfirmationPage(
        title: Text("Report lost", es: "Reportar extraviado"),
        consequences: [
            Text("It opens nothing from now on.", es: "Desde ahora no abre nada."),
            Text(
                "To give the person another one, replace it instead.",
                es: "Para darle otro a la persona, mejor repóngalo."),
        ],
        button: Text("It is lost", es: "Está extraviado"), isDestructive: true)

    static func perform(_ id: Int64, _ form: Form, _ page: PageContext) throws -> Response {
        _ = try page.context.run([ReportLost(id).statement])
        return page.seeOther(
            "/admin/cards/\(id)/", notice: Text("It opens nothing from now on.", es: "Desde ahora no abre nada."))
    }
}

/// `/admin/cards/{id}/replace/`: another number for the same person; the old one ends.
enum ReplaceCard: ActionPage {
    static var table: Table? { .named("cards") }
    static let path = "replace/"
    static let facts = cardFacts
    static let question = ConfirmationPage(
        title: Text("Replace the card", es: "Reponer la tarjeta"),
        consequences: [
            Text("This one opens nothing from now on.", es: "Este ya no abre nada desde ahora."),
            Text(
                "The new one opens the same gates, at the same hours, to the same day.",
                es: "El nuevo abre los mismos accesos, en el mismo horario y hasta el mismo día."),
        ],
        button: Text("Replace", es: "Reponer"))

    static func form(_ answers: ArraySlice<Rows>, _ page: PageContext) throws -> ActionForm {
        ActionForm(fields: [
            try ActionField(
                .code("code", Text("New number", es: "Número nuevo"), "").required()
                    .hint(
                        "Type it, or put the cursor here and hold the card to a reader.",
                        es: "Tecléelo, o ponga aquí el cursor y acerque la tarjeta a un lector."))
        ])
    }

    static func perform(_ id: Int64, _ form: Form, _ page: PageContext) throws -> Response {
        let new = try ReplaceAccessCode(form, of: id).replace(page.context)
        return page.seeOther(
            "/admin/cards/\(new)/",
            notice: Text(
                "This is the new one. The one before opens nothing.",
                es: "Este es el nuevo. El anterior ya no abre nada."))
    }
}

/// `/admin/cards/{id}/reveal/`: the whole number; a POST, because it leaves an entry in the audit.
enum RevealCard: ActionPage {
    static var table: Table? { .named("cards") }
    static let path = "reveal/"
    static let facts = cardFacts
    static let question = ConfirmationPage(
        title: Text("Show the number", es: "Mostrar el número"),
        consequences: [Text("That you looked is written down.", es: "Queda registrado que usted lo vio.")],
        button: Text("Show it", es: "Mostrarlo"))

    static func perform(_ id: Int64, _ form: Form, _ page: PageContext) throws -> Response {
        let path = "/admin/cards/\(id)/"
        let secret = SecretReveal(
            text: try RevealAccessCode(id).code(page.context), label: Text("Number", es: "Número"), place: path)
        let back = page.localized(Text("Back to the card", es: "Volver a la tarjeta"))
        return page.admin(
            page.localized(question.title), crumbs: table.map { [$0.crumb(page)] } ?? [],
            "\(secret.html(page))<p class=\"tools\"><a class=\"button\" href=\"\(path)\">\(back)</a></p>")
    }
}
