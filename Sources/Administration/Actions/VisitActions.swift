import Pages
import PostgreSQL
import Resource
import Visitors
import Vocabulary
import Web

/// `/admin/visitors/{id}/approve/`, `deny/`, `cancel/`: a step in the life of a visit, by whose word if somebody gave it.
protocol VisitStep: ActionPage {
    /// As `api.decide_visit` calls it.
    static var step: String { get }
    static var notice: Text { get }
}

extension VisitStep {
    static var table: Table? { .named("visitors") }
    static var path: String { "\(step)/" }
    static var facts: [String] { ["status", "unit", "resident", "visitor_type", "expected_date", "purpose"] }

    static func questions(_ id: Int64) -> [Statement] {
        [
            Statement(
                "select r.id, r.first_name || ' ' || r.last_name from garita.residents as r join garita.visitors as v"
                    + " on v.unit_id = r.unit_id where v.id = $1 and garita.can_host(r.id, v.unit_id)"
                    + " order by 2, 1 limit 100",
                name: "residents of a visit", parameters: [.integer(id)])
        ]
    }

    static func form(_ answers: ArraySlice<Rows>, _ page: PageContext) throws -> ActionForm {
        ActionForm(fields: [
            try ActionField(
                .reference("resident", to: "garita.residents", Text("By whose word", es: "Por palabra de"))
                    .hint(
                        "The resident who said so; nobody when you decide it yourself.",
                        es: "El residente que lo indicó; nadie si lo decide usted."), answers.first)
        ])
    }

    static func perform(_ id: Int64, _ form: Form, _ page: PageContext) throws -> Response {
        _ = try page.context.run([DecideVisit(form, of: id, step).statement])
        return page.seeOther("/admin/visitors/\(id)/", notice: notice)
    }
}

enum ApproveVisit: VisitStep {
    static let step = "approve"
    static let question = ConfirmationPage(
        title: Text("Approve the visit", es: "Autorizar la visita"),
        consequences: [
            Text("The visitor's passes open from now on.", es: "Los pases del visitante abren desde ahora.")
        ],
        button: Text("Approve", es: "Autorizar"))
    static let notice = Text("The visit is approved.", es: "La visita está autorizada.")
}

enum DenyVisit: VisitStep {
    static let step = "deny"
    static let question = ConfirmationPage(
        title: Text("Refuse the visit", es: "Rechazar la visita"),
        consequences: [
            Text("No gate lets the visitor in.", es: "Ningún acceso deja entrar al visitante."),
            Text("All passes of this visit end now.", es: "Todos los pases de esta visita terminan ahora."),
            Text("This cannot be taken back.", es: "No se puede deshacer."),
        ],
        button: Text("Refuse", es: "Rechazar"), isDestructive: true)
    static let notice = Text("The visit is refused.", es: "La visita está rechazada.")
}

enum CancelVisit: VisitStep {
    static let step = "cancel"
    static let question = ConfirmationPage(
        title: Text("Cancel the visit", es: "Cancelar la visita"),
        consequences: [
            Text("All passes of this visit end now.", es: "Todos los pases de esta visita terminan ahora."),
            Text("This cannot be taken back.", es: "No se puede deshacer."),
        ],
        button: Text("Cancel the visit", es: "Cancelar la visita"), isDestructive: true)
    static let notice = Text("The visit is cancelled.", es: "La visita está cancelada.")
}
