import Pages
import PostgreSQL
import Visitors
import Vocabulary
import Web

/// `POST /home/visits/{id}/approve/` and `…/deny/`: the answer to somebody who waits at the gate.
///
/// Whoever answers late is told what was decided.
/// - SQL: `api.visit_decision` (sql/functions/home/visit_decision.sql).
struct VisitDecision {
    private let id: Int64
    private let step: DecideVisit.Step
    private let form: Form

    init(_ step: DecideVisit.Step, _ request: Request) throws(HTTPError) {
        self.step = step
        id = try request.identifier()
        form = try Form(request)
    }

    func respond(_ page: PageContext) throws -> Response {
        do {
            try form.read { DecideVisit(step, of: id, &$0) }.perform(page.context)
        } catch let error as DatabaseError {
            let refusal = HTTPError(error)
            guard refusal.status == 409, let decided = try Self.sentence(of: id, page.context) else { throw error }
            return page.seeOther(HomePath.visit(id), notice: decided)
        }
        return page.seeOther(HomePath.home, notice: step == .approve ? .approved : .denied)
    }

    /// What was decided, when and by whom; nil where nobody decided.
    static func sentence(of id: Int64, _ context: Context) throws -> Text? {
        let rows = try context.run([
            Statement(
                "select d.decision, d.name, d.role, d.at, v.first_name || ' ' || v.last_name"
                    + " from api.visit_decision($1) as d join garita.visitors as v on v.id = $1",
                name: "visit_decision", parameters: [.integer(id)])
        ])[0]
        guard let row = rows.first else { return nil }
        let decision = try row.text(0)
        let name = try row.text(1)
        let by = name.isEmpty ? Role(rawValue: try row.text(2)).title : Text(name, es: name)
        let visitor = try row.text(4)
        let done =
            switch decision {
            case "APPROVED": Text("Approved by \(by.english)", es: "Autorizada por \(by.spanish)")
            case "CANCELED": Text("Canceled by \(by.english)", es: "Cancelada por \(by.spanish)")
            case "NOT_COMING": Text("\(visitor) said not to come", es: "\(visitor) avisó que no vendrá")
            default: Text("Refused by \(by.english)", es: "Rechazada por \(by.spanish)")
            }
        let at = try row.text(3)
        let day = Day(at)
        let time = String(at.dropFirst(11).prefix(5))
        return Text(
            "\(done.english), on \(day.name(.english)) at \(time).",
            es: "\(done.spanish), el \(day.name(.spanish)) a las \(time).")
    }

    /// One tap each.
    static func buttons(_ id: Int64, _ page: PageContext) -> HTML {
        let buttons: [(verb: String, tone: HTML?, label: Text)] = [
            ("approve", nil, Text("Approve", es: "Autorizar")),
            ("deny", " class=\"bad\"", Text("Refuse", es: "Rechazar")),
        ]
        let drawn = buttons.map { button -> HTML in
            """
            <form method="post" action="\(HomePath.visit(id, button.verb))">\(page.layout.formToken)\
            <button\(button.tone)>\(page.localized(button.label))</button></form>
            """
        }
        return "<div class=\"tools\">\(drawn)</div>"
    }
}

extension Text {
    fileprivate static let approved = Text(
        "Approved. The guard sees your answer.", es: "Autorizada. El guardia ve su respuesta.")
    fileprivate static let denied = Text(
        "Refused. The guard sees your answer.", es: "Rechazada. El guardia ve su respuesta.")
}
