import JSON
import Pages
import Resource
import Visitors
import Web

/// `/home/visits/{id}/change/`: who comes, with what; days, hours, entries and code of the pass stay as they are.
struct ChangeVisitPage: FormPage {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try page.atVisit(id) { _, visit in
            let fields = InviteForm(answer: answer, defaults: visit.details)
            let form = PageForm(
                HomePath.visit(id, "change"),
                groups: [
                    FieldGroup(
                        nil,
                        [
                            fields.name, fields.plate, fields.companions, fields.time, fields.phone, fields.type,
                            fields.purpose,
                        ])
                ], buttons: [FormButton(.save)], errors: answer.errors, cancel: HomePath.visit(id))
            return page.task(
                Text("Change the visit", es: "Cambiar la visita"), of: visit, answer, consequences: [.passStays], form)
        }
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try page.atVisit(id) { _, visit in
            try visit.requireOpen()
            try Invitation.naming(Invitation.names) {
                let name = try form.read { $0.personName("name") }
                let texts = ["vehicle_plate", "phone", "purpose", "visitor_type"].map { name in
                    JSON.Member(name: name, value: .string(form.text(name)))
                }
                let time = form.text("expected_time")
                let companions = form.text("companions")
                let rest: [JSON.Member] = [
                    .init(name: "expected_time", value: time.isEmpty ? .null : .string(time)),
                    .init(name: "companions", value: .string(companions.isEmpty ? "0" : companions)),
                ]
                try UpdateRow(visitors, id, Form(name + texts + rest)).perform(page.context)
            }
            return page.seeOther(HomePath.visit(id), notice: Text("The visit is changed.", es: "La visita se cambió."))
        }
    }
}

extension Text {
    static let save = Text("Save", es: "Guardar")
    fileprivate static let passStays = Text(
        "The pass stays as it is: same code, days, hours and entries.",
        es: "El pase queda igual: mismo código, días, horario y entradas.")
}
