import JSON
import Pages
import PostgreSQL
import Resource
import Visitors
import Vocabulary
import Web

/// `/admin/visitors/{id}/pass/`: a new pass, shown this once.
enum IssuePass: ActionPage {
    static var table: Table? { .named("visitors") }
    static let path = "pass/"
    static let facts = ["status", "unit", "resident", "expected_date", "expected_time"]
    static let question = ConfirmationPage(
        title: Text("Issue a pass", es: "Emitir un pase"), consequences: [], button: Text("Issue it", es: "Emitir"))

    /// Good to the end of the day of the visit, or for a day.
    static func questions(_ id: Int64) -> [Statement] {
        [
            Statement(
                "select least(168, greatest(24, ceil(date_part('epoch',"
                    + " (v.expected_date + 1)::timestamp::timestamptz - now()) / 3600)))::bigint"
                    + " from garita.visitors as v where v.id = $1", name: "hours of a visit", parameters: [.integer(id)]
            )
        ] + [schedules, accessPoints].compactMap { $0?.options(with: []) }
    }

    private static var schedules: Table? { .named("schedules") }
    private static var accessPoints: Table? { .named("gates") }

    static func form(_ answers: ArraySlice<Rows>, _ page: PageContext) throws -> ActionForm {
        let rows = Array(answers)
        let fields: [(name: String, rows: Rows?)] = [
            ("code_type", nil), ("max_uses", nil), ("access_points", rows[2]), ("schedule", rows[1]),
        ]
        var drawn = try fields.compactMap { field in
            try temporaryCodes.field(field.name).map { try ActionField(hinted($0), field.rows) }
        }
        drawn.insert(try ActionField(hours), at: 1)
        let defaults: JSON = [
            "code_type": "QR", "valid_hours": .integer(try rows[0].first?.integer(0) ?? 24), "max_uses": 1,
        ]
        return ActionForm(fields: drawn, defaults: defaults)
    }

    private static let hours = Field.stored(
        "valid_hours", .integer(1...168), Text("Hours it is good for", es: "Horas de vigencia")
    ).required().hint(
        "From now on: 24 is a day, 168 a week and the most.",
        es: "A partir de ahora: 24 es un día, 168 una semana, lo máximo.")

    private static func hinted(_ field: Field) -> Field {
        switch field.name {
        case "access_points": field.hint("None ticked: all of them.", es: "Sin marcar ninguno: todos.")
        case "schedule": field.hint("None: at any hour.", es: "Ninguno: a cualquier hora.")
        default: field.required()
        }
    }

    static func perform(_ id: Int64, _ form: Form, _ page: PageContext) throws -> Response {
        let issue = try IssueCode(form, of: id)
        return try IssuedPassPage.response(page, Text("A new pass", es: "Pase nuevo")) { sql in
            try issue.issue(page.context, reading: sql, name: "issued for a page")
        }
    }
}

/// `/admin/passes/{id}/show/`: the code of a pass once more; a POST, because it leaves an entry in the audit.
enum ShowPass: ActionPage {
    static var table: Table? { .named("passes") }
    static let path = "show/"
    static let facts = IssuedPassPage.facts
    static let question = ConfirmationPage(
        title: Text("Show the code", es: "Mostrar el código"),
        consequences: [Text("That you looked is written down.", es: "Queda registrado que usted lo vio.")],
        button: Text("Show it", es: "Mostrarlo"))

    static func perform(_ id: Int64, _ form: Form, _ page: PageContext) throws -> Response {
        try IssuedPassPage.response(page, Text("Pass", es: "Pase")) { sql in
            try RevealCode(id).reveal(page.context, reading: sql, name: "revealed for a page")
        }
    }
}

/// `/admin/passes/{id}/revoke/`: ends a pass for good.
enum RevokePass: ActionPage {
    static var table: Table? { .named("passes") }
    static let path = "revoke/"
    static let facts = IssuedPassPage.facts
    static let question = ConfirmationPage(
        title: Text("Cancel the pass", es: "Cancelar el pase"),
        consequences: [
            Text("It lets nobody in from now on.", es: "Desde ahora no deja entrar a nadie."),
            Text("Whoever is inside can still leave with it.", es: "Quien esté dentro aún puede salir con él."),
            Text("This cannot be taken back.", es: "No se puede deshacer."),
        ],
        button: Text("Cancel the pass", es: "Cancelar el pase"), isDestructive: true)

    static func perform(_ id: Int64, _ form: Form, _ page: PageContext) throws -> Response {
        _ = try page.context.run([RevokeCode(id).statement])
        return page.seeOther(
            "/admin/passes/\(id)/", notice: Text("The pass is cancelled.", es: "El pase está cancelado."))
    }
}
