import AccessControl
import Pages
import PostgreSQL
import Resource
import Web

/// What administrators do with cards.
let cardActions = [
    ActionPage(
        resource: accessCodes, path: "report-lost/", title: Text("Report lost", es: "Reportar extravío"),
        consequences: [
            .opensNothing,
            Text(
                "To give the person another card, replace it instead.",
                es: "Para darle otra tarjeta a la persona, mejor repóngala."),
        ],
        button: Text("Report lost", es: "Reportar extravío"), isDestructive: true, condition: "t.is_active",
        summaryFields: cardSummary
    ) { request in
        try ReportCardLost(request.id).perform(request.context)
        return .notice(.opensNothing)
    },
    ActionPage(
        resource: accessCodes, path: "replace/", title: Text("Replace the card", es: "Reponer la tarjeta"),
        label: .replace,
        consequences: [
            Text(
                "From now on the old card does not open any gate.",
                es: "Desde ahora la tarjeta anterior ya no abre ningún acceso."),
            Text(
                "The new card opens the same gates, at the same hours, until the same day.",
                es: "La nueva abre los mismos accesos, en el mismo horario y hasta el mismo día."),
        ],
        button: .replace, summaryFields: cardSummary,
        form: { _, _ in ActionForm(fields: [try ActionField(newNumber)]) }
    ) { request in
        let new = try ReplaceCard(request.form, of: request.id).perform(request.context)
        return .notice(
            Text(
                "The card was replaced. The old one no longer opens any gate.",
                es: "La tarjeta quedó repuesta. La anterior ya no abre ningún acceso."), at: request.table.path(of: new)
        )
    },
    ActionPage(
        resource: accessCodes, path: "reveal/", title: .showNumber, consequences: [.lookIsWrittenDown],
        button: .showIt, summaryFields: cardSummary
    ) { request in
        let number = try RevealCard(request.id).perform(request.context)
        return .page(revealed(number, request))
    },
]

private let cardSummary = ["resident", "code", "code_type", "access_points", "schedule", "expiry_date", "is_active"]

private let newNumber = Field.code("code", Text("New number", es: "Número nuevo"), "").required()
    .hint(
        "Type it, or place the cursor here and hold the card to a reader.",
        es: "Tecléelo, o ponga aquí el cursor y acerque la tarjeta a un lector.")

private func revealed(_ number: String, _ request: ActionRequest) -> Response {
    let page = request.page
    let path = request.table.path(of: request.id)
    let secret = SecretReveal(text: number, label: Text("Number", es: "Número"), place: path)
    let back = page.localized(Text("Back to the card", es: "Volver a la tarjeta"))
    return page.admin(
        .showNumber, crumbs: [request.table.crumb(page)],
        "\(secret.html(page))<p class=\"tools\"><a class=\"button\" href=\"\(path)\">\(back)</a></p>")
}

extension Text {
    fileprivate static let opensNothing = Text(
        "From now on it does not open any gate.", es: "Desde ahora no abre ningún acceso.")
    fileprivate static let replace = Text("Replace", es: "Reponer")
    fileprivate static let showNumber = Text("Show the number", es: "Mostrar el número")
}
