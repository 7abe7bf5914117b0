import JSON
import Pages
import PostgreSQL
import Resource
import Visitors
import Web

/// What administrators do with passes.
let passActions = [
    // The way to the page of a visit that issues one.
    ActionPage(
        resource: temporaryCodes, path: "new/", title: Text("Issue a pass", es: "Emitir un pase"),
        consequences: [
            Text(
                "Choose the visitor; the next page asks for the rest. If the visitor is not in the list,"
                    + " register the visitor first.",
                es:
                    "Elija al visitante; la página siguiente pide lo demás. Si no está en la lista, regístrelo primero."
            )
        ],
        button: Text("Continue", es: "Continuar"), subject: .table, extraStatements: { _ in [visitorsToCome] },
        form: { answers, _ in ActionForm(fields: [try ActionField(visitorField, answers.first)]) }
    ) { request in
        let visit = try request.form.read { $0.integer("visitor", WholeNumber.identifiers) }
        guard let place = Table.named("visitors")?.path(of: visit) else { throw HTTPError.notFound() }
        return .page(request.page.seeOther("\(place)\(issuePass.path)"))
    },
    ActionPage(
        resource: temporaryCodes, path: "show/", title: Text("Show the code", es: "Mostrar el código"),
        consequences: [.lookIsWrittenDown], button: .showIt, condition: passOpens,
        summaryFields: IssuedPassPage.summaryFields
    ) { request in
        .page(
            try IssuedPassPage.response(request.page) { columns in
                try RevealPass(request.id, reading: columns).perform(request.context)
            })
    },
    ActionPage(
        resource: temporaryCodes, path: "revoke/", title: Text("Cancel the pass", es: "Cancelar el pase"),
        consequences: [
            Text("From now on it does not let anybody in.", es: "Desde ahora no deja entrar a nadie."),
            Text("Anybody already inside can still leave with it.", es: "Quien ya esté dentro aún puede salir con él."),
            .forGood,
        ],
        isDestructive: true, condition: passOpens,
        summaryFields: IssuedPassPage.summaryFields
    ) { request in
        try RevokePass(request.id).perform(request.context)
        return .notice(Text("The pass is canceled.", es: "El pase está cancelado."))
    },
]

/// A new pass for a visit, shown this once.
let issuePass = ActionPage(
    resource: visitors, path: "pass/", title: Text("Issue a pass", es: "Emitir un pase"),
    button: Text("Issue", es: "Emitir"), condition: "t.status <> 'DENIED'",
    summaryFields: ["status", "unit", "resident", "expected_date", "expected_time", "warnings"],
    extraStatements: { id in
        [hoursOfVisit(id)] + [Table.named("schedules"), .named("gates")].compactMap { $0?.options(with: []) }
    },
    form: { answers, _ in try passForm(Array(answers)) }
) { request in
    .page(
        try IssuedPassPage.response(request.page, isNew: true) { columns in
            try request.form.read { IssuePass(&$0, of: request.id, reading: columns) }.perform(request.context)
        })
}

private let visitorField = Field.reference("visitor", to: visitors.table, visitors.singular).required()

/// Who may get a pass, with unit and day, so that two of one name are told apart.
private let visitorsToCome = Statement(
    "select v.id, v.first_name || ' ' || v.last_name || ' · ' || garita.unit_display(v.unit_id) || '"
        + " · ' || v.expected_date"
        + " from garita.visitors as v where v.status in ('PENDING', 'APPROVED', 'CHECKED_IN')"
        + " and v.expected_date >= current_date - 1 order by v.expected_date, 2, 1 limit \(Table.maximumOptions)",
    name: "visitors to come")

/// Good to the end of the day of the visit, or for a day.
private func hoursOfVisit(_ id: Int64) -> Statement {
    Statement(
        "select least(168, greatest(24, ceil(date_part('epoch',"
            + " (v.expected_date + 1)::timestamp::timestamptz - now()) / 3600)))::bigint, v.status = 'PENDING'"
            + " from garita.visitors as v where v.id = $1", name: "hours of a visit", parameters: [.integer(id)])
}

/// - Parameter answers: the hours of the visit and whether it awaits approval, the schedules and the gates to choose from.
private func passForm(_ answers: [Rows]) throws -> ActionForm {
    let fields: [(name: String, rows: Rows?)] = [
        ("code_type", nil), ("max_uses", nil), ("access_points", answers[2]), ("schedule", answers[1]),
    ]
    var drawn = try fields.compactMap { field in
        try temporaryCodes.field(field.name).map { try ActionField(hinted($0), field.rows) }
    }
    drawn.insert(try ActionField(hours), at: 1)
    return ActionForm(
        fields: drawn,
        defaults: ["code_type": "QR", "valid_hours": .integer(try answers[0].first?.integer(0) ?? 24), "max_uses": 1],
        consequences: try answers[0].first?.bool(1) == true ? [.alsoApproves] : [])
}

private let hours = Field.stored(
    "valid_hours", .integer(1...168), Text("Valid for (hours)", es: "Vigencia (horas)")
).required().hint(
    "Starting now. Maximum 168 (one week).",
    es: "A partir de ahora. Máximo 168 (una semana).")

private func hinted(_ field: Field) -> Field {
    switch field.name {
    case "access_points": field.hint("Leave empty for all gates.", es: "Déjelo vacío para todos los accesos.")
    case "schedule": field.hint("Leave empty for any hour.", es: "Déjelo vacío para cualquier hora.")
    default: field.required()
    }
}

extension Text {
    fileprivate static let alsoApproves = Text(
        "The visit is awaiting approval: issuing the pass approves it.",
        es: "La visita está por autorizar: al emitir el pase queda autorizada.")
    static let showIt = Text("Show", es: "Mostrar")
    static let lookIsWrittenDown = Text(
        "The audit will record that you viewed it.", es: "En la auditoría queda registrado que usted lo vio.")
}
