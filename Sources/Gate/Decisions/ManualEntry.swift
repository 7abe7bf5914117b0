import AccessControl
import Pages
import PostgreSQL
import Vocabulary
import Web

/// `/gate/manual/`: somebody passes who has no code, no visit and no account here.
struct ManualEntryPage: FormPage {
    init(_ request: Request) throws(HTTPError) {}

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try page.atGate { shift in
            let fields =
                [
                    FormField(
                        "name", Text("Name", es: "Nombre"), .text(maximum: 200), [answer.text("name")], required: false),
                    FormField(
                        "unit", Text("Goes to unit", es: "Va a la unidad"), .text(maximum: 30), [answer.text("unit")],
                        hint: Text("Such as A-101; blank for none.", es: "Por ejemplo A-101; en blanco si a ninguna."),
                        required: false),
                    FormField(
                        "plate", Text("Plate", es: "Placas"), .text(maximum: 20, verbatim: true),
                        [answer.text("plate")], required: false),
                ] + HandEntry.fields(answer, shift)
            let form = PageForm(
                GatePath.manual, fields, submit: Text("Let pass", es: "Dejar pasar"), errors: answer.errors,
                hidden: HandEntry.hidden(answer))
            return page.gate(page.localized(.enterByHand), status: answer.status, module: "gate.js", form.html(page))
        }
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try page.atGate { shift in
            let entry = HandEntry(
                name: String(form.text("name").prefix(200)), unit: try unit(form.text("unit"), page),
                plate: String(form.text("plate").prefix(20)), reason: HandEntry.reason(form, page),
                isConfirmed: !form.text("confirmed").isEmpty, direction: shift.direction(form.text("direction")),
                requestID: form.text("request_id"))
            return try entry.response(at: shift, form, page, GatePath.manual)
        }
    }

    /// - Throws: 400 for a unit that there is not.
    private func unit(_ text: String, _ page: PageContext) throws -> Int64? {
        guard text.contains(where: { !$0.isWhitespace }) else { return nil }
        let found = try FoundAtGate.all(page.context.run([GateSearch(exactly: text).statement])[0])
        guard let unit = found.first(where: { $0.kind == "unit" }) else {
            throw HTTPError.invalid([
                FieldError("unit", Text("There is no such unit.", es: "No existe esa unidad."))
            ])
        }
        return unit.id
    }
}

/// `POST /gate/emergency/`: an ambulance passes; no question is asked, and it is always logged.
struct Emergency: PageHandler {
    private let requestID: String

    init(_ request: Request) throws(HTTPError) { requestID = try Form(request).text("request_id") }

    func respond(_ page: PageContext) throws -> Response {
        try page.atGate { shift in
            let verdict = try HandEntry(isEmergency: true, direction: .entry, requestID: requestID)
                .perform(at: shift, page.context)
            guard let log = verdict.logID else { throw HTTPError.internalError }
            return page.seeOther(
                GatePath.decision(log),
                notice: Text(
                    "The emergency entry is logged. You can add what happened later.",
                    es: "La entrada de emergencia quedó registrada. Después puede anotar qué pasó."))
        }
    }

    /// The one button.
    static func button(_ page: PageContext) -> HTML {
        """
        <form method="post" action="\(GatePath.emergency)">\(page.layout.formToken)\(GateBox.hidden(.entry))\
        <button class="bad">\(page.localized(Text("Emergency: let one in", es: "Emergencia: dar paso a uno")))</button></form>
        """
    }
}
