import AccessControl
import Pages
import PostgreSQL
import Vocabulary
import Web

/// Somebody passes by the word of a guard alone: logged at once, with the reason and what speaks against it.
///
/// - SQL: `api.log_by_hand` (sql/functions/gate/log_by_hand.sql).
struct HandEntry {
    var resident: Int64?
    var name = ""
    var unit: Int64?
    var plate = ""
    var reason = ""
    var isEmergency = false
    /// The guard was told that the person is on the block list, and lets the person pass all the same.
    var isConfirmed = false
    let direction: Direction
    let requestID: String

    func perform(at shift: GateShift, _ context: Context) throws -> Verdict {
        let statement = Statement(
            "select \(Verdict.columns) from api.log_by_hand($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            name: "log_by_hand",
            parameters: [
                .optionalInteger(resident), .text(name), .optionalInteger(unit), .text(plate), .integer(shift.gate),
                .text(direction.rawValue), .text(reason), .bool(isEmergency), .bool(isConfirmed),
                .text(String(requestID.prefix(64))), .text(context.request.id), .text(context.request.address),
            ])
        return try Verdict(try context.run([statement])[0].single(), context)
    }

    // MARK: The form of it

    /// The fields that every entry by hand has: which way, and why.
    static func fields(_ answer: FormAnswer, _ shift: GateShift) -> [FormField] {
        let way = FormField(
            "direction", Text("Direction", es: "Sentido"),
            .choice(shift.directions.map { FormOption($0.rawValue, $0.label) }, blank: nil), [answer.text("direction")])
        var why = FormField(
            "reason", Text("Other reason", es: "Otro motivo"), .text(maximum: 500), [answer.text("reason")],
            required: false)
        why.isMarkedOptional = true
        return (shift.directions.count > 1 ? [way] : []) + [
            FormField(
                "preset", Text("Reason", es: "Motivo"), .choice(presets.map { FormOption($0.english, $0) }, blank: "—"),
                [answer.text("preset")], required: false), why,
        ]
    }

    /// Chosen and written, as one text in the language of who writes it.
    static func reason(_ form: Form, _ page: PageContext) -> String {
        let chosen = presets.first { $0.english == form.text("preset") }.map(page.localized)
        return [chosen, form.text("reason")].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ". ")
    }

    /// What makes a form that was sent twice one attempt.
    static func hidden(_ answer: FormAnswer) -> [QueryItem] {
        let kept = answer.text("request_id")
        return [QueryItem("request_id", kept.isEmpty ? GateBox.requestID() : kept)]
    }

    /// The answer; for a person of the block list with a second question.
    func response(at shift: GateShift, _ form: Form, _ page: PageContext, _ action: String) throws -> Response {
        let verdict = try perform(at: shift, page.context)
        return try VerdictPage(
            verdict: verdict, shift: shift, direction: direction,
            after: verdict.granted ? nil : confirmation(form, page, action)
        ).response(page)
    }

    private func confirmation(_ form: Form, _ page: PageContext, _ action: String) -> HTML {
        let kept = ["name", "unit", "plate", "preset", "reason"].map { name in
            "<input type=\"hidden\" name=\"\(name)\" value=\"\(form.text(name))\">" as HTML
        }
        return """
            <form class="tools" method="post" action="\(action)" data-verdict>\(page.layout.formToken)\
            \(GateBox.hidden(direction))\(kept)
            <button class="bad" name="confirmed" value="yes">\
            \(page.localized(Text("Let the person pass all the same", es: "Dejar pasar de todos modos")))</button></form>

            """
    }

    private static let presets = [
        Text("Forgot the card", es: "Olvidó la tarjeta"), Text("Card does not read", es: "La tarjeta no se lee"),
        Text("Phone without battery", es: "Teléfono sin batería"),
        Text("The resident vouches by phone", es: "El residente responde por teléfono"),
        Text("Public service", es: "Servicio público"),
    ]
}
