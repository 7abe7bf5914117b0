import AccessLogs
import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// `/gate/decisions/{id}/`: one row of the log, and what was wrong with it; the row itself never changes.
///
/// - SQL: `api.correct_decision` (sql/functions/gate/correct_decision.sql).
struct DecisionPage: FormPage {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let rows = try page.context.run([LoggedDecision.one(id)])[0]
        guard let decision = try rows.first.map(LoggedDecision.init) else { throw HTTPError.notFound(accessLogs.model) }
        let kinds = CorrectionKind.allCases.filter { decision.granted || $0 != .didNotPass }
        let form = PageForm(
            GatePath.decision(id),
            [
                FormField(
                    "kind", decision.isEmergency ? Self.note : Text("What was wrong", es: "Qué estuvo mal"),
                    .choice(kinds.map { FormOption($0.rawValue, $0.label) }, blank: "—"),
                    [answer.form?.text("kind") ?? (decision.isEmergency ? CorrectionKind.other.rawValue : "")]),
                FormField(
                    "reason", Text("What happened", es: "Qué pasó"), .lines, [answer.text("reason")],
                    hint: Text(
                        "The log keeps the entry; this stands beside it.",
                        es: "El registro se conserva en la bitácora; esto queda junto a él.")),
            ],
            submit: Text("Save", es: "Guardar"), errors: answer.errors, look: .task)
        return page.gate(
            page.localized(GateWords.person(decision.person)), status: answer.status, module: "gate.js",
            """
            \(form.summary(page))\(facts(decision, page))\(form.body(page))
            <p><a href="\(GatePath.console)">\(page.localized(.backToGate))</a></p>
            """)
    }

    /// Whoever is let in at once is written down afterwards: nothing was wrong.
    private static let note = Text("What you want to note", es: "Qué quiere anotar")

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        let correct = Statement(
            "select api.correct_decision($1, $2, $3)", name: "correct_decision",
            parameters: [.integer(id), .text(form.text("kind")), .text(form.text("reason"))])
        _ = try page.context.run([correct])
        return page.seeOther(GatePath.console, notice: Text("The correction is saved.", es: "La corrección se guardó."))
    }

    private func facts(_ one: LoggedDecision, _ page: PageContext) -> HTML {
        let corrections = one.corrections.map { correction in
            "<div><dt>\(page.localized(correction.kind))</dt><dd>\(correction.reason)</dd></div>\n" as HTML
        }
        let word = page.localized(one.colour.word(granted: one.granted, one.direction))
        return """
            <dl class="facts">
            <div><dt>\(page.localized(one.direction.label))</dt><dd>\(SiteTime(one.time).html(page)) · \(one.gate)</dd></div>
            <div><dt>\(page.localized(Text("Answer", es: "Respuesta")))</dt><dd>\(word) · \(one.about(page))</dd></div>
            \(corrections)</dl>

            """
    }
}

extension Text {
    /// A link to the console.
    static let backToGate = Text("Back to the gate", es: "Volver a la caseta")
}
