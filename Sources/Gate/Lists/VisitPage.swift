import JSON
import Pages
import PostgreSQL
import Resource
import Visitors
import Vocabulary
import Web

/// `/gate/visits/{id}/`: all that a guard may know of a visit and do about it; plate, companions and photo are changed here.
struct VisitPage: FormPage {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) {
        id = try request.identifier()
    }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let found = try page.context.run([
            Visit.statement(id), Visit.hosts(id), Visit.history(id), GateShift.statement, Visit.needsWord(id),
        ])
        guard let row = found[0].first else { throw HTTPError.notFound(visitors.model) }
        let visit = try Visit(row, hosts: found[1])
        let steps = visit.steps(
            at: try GateShift.directions(found[3]), needsWord: try found[4].single().bool(0), page)
        let corrections = form(visit, answer)
        return page.gate(
            visit.name, status: answer.status,
            """
            \(corrections.summary(page))\(VisitSteps.form(page))
            \(visit.facts(page))
            <p class="tools">\(steps)</p>
            \(companions(visit, page))
            <details\(" open", if: !answer.errors.isEmpty)><summary>\(page.localized(Self.change))</summary>
            \(corrections.body(page))</details>
            <h2>\(page.localized(Text("At the gate", es: "En el acceso")))</h2>
            \(try Visit.history(found[2], page))
            <p class="tools"><a href="\(GatePath.console)">\(page.localized(.console))</a></p>
            """)
    }

    /// The API's PATCH of the visit, to the row as it stands now: a guard changes little, and each field for itself.
    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        let role = try page.context.requireCaller().role
        guard let row = try page.context.run([visitors.rowStatement(.number(id), for: role)])[0].first else {
            throw HTTPError.notFound(visitors.model)
        }
        let state = EntityTag(of: try visitors.rowProjection(for: role).json(row, page.context).serialized())
        let sent = form.keeping(["vehicle_plate", "companions", "photo"])
        try UpdateRow(visitors, id, sent, if: Preconditions(matching: state.opaque)).perform(page.context)
        return page.seeOther(GatePath.visit(id), notice: Text("Saved.", es: "Guardado."))
    }

    private func form(_ visit: Visit, _ answer: FormAnswer) -> PageForm {
        let plate = answer.form == nil ? visit.plate : answer.text("vehicle_plate")
        return PageForm(
            GatePath.visit(id),
            [
                FormField("vehicle_plate", .plate, .text(maximum: 20, verbatim: true), [plate], required: false),
                .photo,
            ],
            submit: Text("Save", es: "Guardar"), errors: answer.errors)
    }

    /// One more or one less, each in one tap.
    private func companions(_ visit: Visit, _ page: PageContext) -> HTML {
        let buttons = [-1 as Int64, 1].compactMap { step -> FormButton? in
            let count = visit.companions + step
            guard (0...99).contains(count) else { return nil }
            let label = step > 0 ? Text("Add a companion", es: "Un acompañante más") : Self.oneLess
            return FormButton(label, QueryItem("companions", String(count)), .quiet)
        }
        return PageForm(GatePath.visit(id), groups: [], buttons: buttons).body(page)
    }

    private static let oneLess = Text("Remove a companion", es: "Un acompañante menos")
    private static let change = Text("Plate and photo", es: "Placas y fotografía")
}

extension FormField {
    /// A picture taken with the camera of a phone, or a file.
    static let photo = FormField(
        "photo", Text("Photo", es: "Fotografía"), .file(accept: "image/jpeg,image/png,image/webp", removal: nil),
        required: false)
}

extension Text {
    static let plate = Text("License plate", es: "Placas")
}

/// A step that a guard takes with a visit that waits, by a resident's word (POST).
struct AnswerVisit {
    private let id: Int64
    private let step: DecideVisit.Step
    private let form: Form

    init(_ step: DecideVisit.Step, _ request: Request) throws(HTTPError) {
        self.step = step
        id = try request.identifier()
        form = try Form(request)
    }

    func respond(_ page: PageContext) throws -> Response {
        try form.read { DecideVisit(step, of: id, &$0) }.perform(page.context)
        switch step {
        case .approve:
            return page.seeOther(
                GatePath.visit(id), notice: Text("The visit is approved.", es: "La visita está autorizada."))
        default:
            return page.seeOther(
                GatePath.console, notice: Text("The visit is refused.", es: "La visita está rechazada."))
        }
    }
}
