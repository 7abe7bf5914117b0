import Pages
import PostgreSQL
import Web

/// `/gate/shift/`: which gate the guard watches from now on.
///
/// - SQL: `api.open_shift` (sql/functions/gate/open_shift.sql).
struct ShiftPage: FormPage {
    init(_ request: Request) throws(HTTPError) {}

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let gates = try page.context.run([Self.gates])[0].map { FormOption(try $0.text(0), named: try $0.text(1)) }
        let form = PageForm(
            GatePath.shift,
            [
                FormField(
                    "access_point", Text("Gate", es: "Acceso"), .choice(gates, blank: nil),
                    [answer.text("access_point")])
            ],
            submit: Text("Begin the shift", es: "Iniciar turno"), errors: answer.errors)
        return page.render(
            Text("Which gate do you watch?", es: "¿En qué acceso está?"), status: answer.status, form.html(page))
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        let gate = try form.read { $0.integer("access_point", WholeNumber.identifiers) }
        _ = try page.context.run([
            Statement("select api.open_shift($1)", name: "open_shift", parameters: [.integer(gate)])
        ])
        return page.seeOther(GatePath.console)
    }

    private static let gates = Statement(
        "select p.id::text, p.name from garita.access_points as p where p.is_active order by p.name",
        name: "gates to watch")
}
