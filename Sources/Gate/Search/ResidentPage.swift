import Pages
import PostgreSQL
import Residents
import Resource
import Vocabulary
import Web

/// `/gate/residents/{id}/`: whether somebody lives here, and the entry of who left the card at home.
struct ResidentPage: FormPage {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let results = try page.context.run([GateShift.statement, person])
        guard let shift = try results[0].first.map(GateShift.init) else { return page.seeOther(GatePath.shift) }
        guard let row = results[1].first else { throw HTTPError.notFound(residents.model) }
        let form = PageForm(
            GatePath.resident(id), HandEntry.fields(answer, shift),
            submit: Text("Let pass without a card", es: "Dejar pasar sin tarjeta"), errors: answer.errors, look: .task,
            hidden: HandEntry.hidden(answer))
        return page.gate(
            try row.text(0), status: answer.status, module: "gate.js",
            "\(form.summary(page))\(try about(row, page))\(form.body(page))")
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try page.atGate { shift in
            let entry = HandEntry(
                resident: id, reason: HandEntry.reason(form, page), isConfirmed: !form.text("confirmed").isEmpty,
                direction: shift.direction(form.text("direction")), requestID: form.text("request_id"))
            return try entry.response(at: shift, form, page, GatePath.resident(id))
        }
    }

    private func about(_ row: Row, _ page: PageContext) throws -> HTML {
        let label = page.localized(Text("Photo", es: "Fotografía"))
        let photo: HTML? =
            try row.bool(3)
            ? "<img class=\"photo\" src=\"\(GatePath.residentPhoto(id))\" alt=\"\(label)\" width=\"96\" height=\"96\">\n"
            : nil
        let phone = try row.text(6)
        let call: HTML? =
            phone.isEmpty
            ? nil
            : """
            <div><dt>\(page.localized(Text("Phone", es: "Teléfono")))</dt>\
            <dd><a href="tel:\(phone.filter { !$0.isWhitespace })">\(phone)</a></dd></div>
            """
        let state =
            try row.bool(5)
            ? GateWords.warning("moved_out")
            : row.bool(4) ? Text("lives here", es: "reside aquí") : GateWords.warning("person_not_authorized")
        return """
            \(photo)<dl class="facts">
            <div><dt>\(page.localized(Text("Unit", es: "Unidad")))</dt>\
            <dd><a href="\(GatePath.unit(try row.integer(1)))">\(try row.text(2))</a></dd></div>
            <div><dt>\(page.localized(Text("State", es: "Estado")))</dt>\
            <dd>\(GateWords.sentence(page.localized(state)))</dd></div>
            \(call)</dl>

            """
    }

    private var person: Statement {
        Statement(
            "select r.first_name || ' ' || r.last_name, r.unit_id, garita.unit_display(r.unit_id), r.photo <> '',"
                + " r.is_authorized, not garita.resides(r.move_out_date), r.phone"
                + " from garita.residents as r where r.id = $1", name: "resident at the gate",
            parameters: [.integer(id)])
    }
}
