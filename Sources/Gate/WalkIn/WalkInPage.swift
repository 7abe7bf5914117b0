import JSON
import Pages
import PostgreSQL
import Resource
import Visitors
import Web

/// `/gate/walk-in/`: somebody stands at the gate whom nobody announced.
///
/// By a resident's word the visit is approved and the visitor passes at once; else the visit waits for an answer.
struct WalkInPage: FormPage {
    private let kind: String
    private let unit: Int64?
    private let known: Int64?

    init(_ request: Request) throws(HTTPError) {
        let asked = request.queryValue("kind") ?? ""
        kind = Self.kinds.contains(asked) ? asked : Self.kinds[0]
        unit = request.queryValue("unit").flatMap { WholeNumber.read($0, in: WholeNumber.identifiers) }
        known = request.queryValue("from").flatMap { WholeNumber.read($0, in: WholeNumber.identifiers) }
    }

    private static let kinds = ["GUEST", "DELIVERY", "SERVICE", "CONTRACTOR"]

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try page.atGate { _ in try draw(answer, [], page) }
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        let choice = try UnitChoice(form, page)
        let word = form.text("word")
        do {
            let unnamed = form.text("name").trimmed.isEmpty ? [FieldError("name", Self.whoIsIt)] : []
            guard (choice.errors + unnamed).isEmpty else { throw HTTPError.invalid(choice.errors + unnamed) }
            // The return key asks for the residents first: nobody is let in by accident.
            if word.isEmpty { return try draw(FormAnswer(filledIn: choice.form), [], page) }
            return try register(choice.form, word, page)
        } catch {
            guard let answer = FormAnswer(choice.form, HTTPError(error)) else { throw error }
            return try draw(answer, choice.candidates, page)
        }
    }

    /// What the API's POST does, once however often it is sent; then on to the gate, or back to the lists.
    private func register(_ form: Form, _ word: String, _ page: PageContext) throws -> Response {
        let id = try page.once(form, "walk-in") { context in
            let today = try context.run([Self.today])[0].single().text(0)
            return try CreateRow(visitors, Self.visit(form, kind, word, today)).perform(context).id
        }
        if word == Self.asking {
            return page.seeOther(
                GatePath.console, notice: Text("The visit waits for an answer.", es: "La visita espera respuesta."))
        }
        // The browser sends the same form on to where the visitor passes: one press registers, admits and shows the verdict.
        return Response(307, headers: [.location(GatePath.admit(id))])
    }

    /// The values of the new visit.
    private static func visit(_ form: Form, _ kind: String, _ word: String, _ today: String) -> Form {
        let names = form.text("name").split(whereSeparator: \.isWhitespace)
        let isByWord = word != asking
        // Whoever gives one name has one: the other may not be blank.
        return form.with("first_name", names.first.map(String.init))
            .with("last_name", names.count > 1 ? names.dropFirst().joined(separator: " ") : "—")
            .with("visitor_type", kind).with("expected_date", today).with("status", isByWord ? "APPROVED" : "PENDING")
            .with("resident", isByWord ? word : nil)
    }

    private func draw(_ answer: FormAnswer, _ candidates: [FormOption], _ page: PageContext) throws -> Response {
        let unit = answer.form.map { WholeNumber.read($0.text("unit"), in: WholeNumber.identifiers) } ?? unit
        let facts = try WalkInFacts(kind, unit: unit, words: answer.text("name"), from: known, page)
        let form = WalkInForm(kind: kind, unit: unit, facts: facts, answer: answer, candidates: candidates)
        return page.gate(
            .walkIn, status: answer.status,
            """
            \(form.summary(page))<ul class="chips">\(Self.kinds.map { tab($0, unit, page) })</ul>
            \(form.html(page))
            \(page.script("gate-lists.js"))
            """)
    }

    private func tab(_ kind: String, _ unit: Int64?, _ page: PageContext) -> HTML {
        let label = visitors.field("visitor_type")?.label(of: kind) ?? Text(kind, es: kind)
        let path = Self.path(kind, unit)
        return """
            <li><a href="\(path)"\(" aria-current=\"true\"", if: kind == self.kind)>\(page.localized(label))</a></li>
            """
    }

    /// Where the form is, with what is known already.
    static func path(_ kind: String?, _ unit: Int64?, from visit: Int64? = nil) -> String {
        let items = [("kind", kind), ("unit", unit.map(String.init)), ("from", visit.map(String.init))].compactMap {
            name, value in value.map { QueryItem(name, $0) }
        }
        return items.isEmpty ? GatePath.walkIn : "\(GatePath.walkIn)?\(QueryItem.encode(items))"
    }

    /// What the button sends that leaves the visitor waiting.
    static let asking = "ask"

    private static let today = Statement("select current_date::text", name: "today")
    private static let whoIsIt = Text("Write who it is.", es: "Escriba quién es.")
}
