import Pages
import PostgreSQL
import Resource
import Visitors
import Web

/// What administrators do with visits.
let visitActions: [ActionPage] = [
    issuePass,
    decision(
        .approve, Text("Approve the visit", es: "Autorizar la visita"),
        [Text("The visitor's passes work from now on.", es: "Los pases del visitante funcionan desde ahora.")],
        Text("Approve", es: "Autorizar"), when: "t.status = 'PENDING'",
        Text("The visit is approved.", es: "La visita está autorizada.")),
    decision(
        .deny, Text("Refuse the visit", es: "Rechazar la visita"),
        [
            Text("The visitor will not be let in at any gate.", es: "Ningún acceso dejará entrar al visitante."),
            .passesEnd, .forGood,
        ],
        Text("Refuse", es: "Rechazar"), when: "t.status = 'PENDING'",
        Text("The visit is refused.", es: "La visita está rechazada.")),
    decision(
        .cancel, Text("Cancel the visit", es: "Cancelar la visita"),
        [.passesEnd, .forGood], nil, when: "t.status in ('PENDING', 'APPROVED')",
        Text("The visit is canceled.", es: "La visita está cancelada.")),
]

/// A step in the life of a visit, by whose word if somebody gave it.
private func decision(
    _ step: DecideVisit.Step, _ title: Text, _ consequences: [Text], _ button: Text?, when condition: String,
    _ notice: Text
) -> ActionPage {
    ActionPage(
        resource: visitors, path: "\(step)/", title: title, consequences: consequences, button: button,
        isDestructive: step != .approve, condition: condition,
        summaryFields: ["status", "unit", "resident", "visitor_type", "expected_date", "purpose"],
        extraStatements: { [residents(of: $0)] },
        form: { answers, _ in ActionForm(fields: [try ActionField(byWhoseWord, answers.first)]) }
    ) { request in
        try request.form.read { DecideVisit(step, of: request.id, &$0) }.perform(request.context)
        return .notice(notice)
    }
}

private func residents(of visit: Int64) -> Statement {
    Statement(
        "select r.id, r.first_name || ' ' || r.last_name from garita.residents as r join garita.visitors as v"
            + " on v.unit_id = r.unit_id where v.id = $1 and garita.can_host(r.id, v.unit_id)"
            + " order by 2, 1 limit 100",
        name: "residents of a visit", parameters: [.integer(visit)])
}

private let byWhoseWord = Field.reference(
    "resident", to: "garita.residents", Text("Authorized by", es: "Por indicación de")
).hint(
    "The resident who told you; leave empty if it is your own decision.",
    es: "El residente que lo indicó; déjelo vacío si lo decide usted.")

extension Text {
    fileprivate static let passesEnd = Text(
        "All passes of this visit are canceled now.", es: "Todos los pases de esta visita se cancelan ahora.")
    static let forGood = Text("This cannot be undone.", es: "No se puede deshacer.")
}
