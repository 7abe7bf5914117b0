import Pages
import PostgreSQL
import Web

/// `/p/{token}/plate/`: with which plate the visitor comes.
///
/// - SQL: `api.set_pass_plate` (sql/functions/pass/set_pass_plate.sql).
struct PlatePage: FormPage {
    private let place: PassPlace

    init(_ request: Request) throws(HTTPError) { place = PassPlace(request) }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try page.atPass(place) { pass, page in
            guard pass.canChangePlate || answer.form != nil else { return page.seeOther(place.pass) }
            let field = FormField(
                "vehicle_plate", .plate, .text(maximum: 20, verbatim: true),
                [answer.form.map { $0.text("vehicle_plate") } ?? pass.plate], hint: .mayBeEmpty, required: false)
            let form = PageForm(
                place.plate, groups: [FieldGroup(nil, [field])], buttons: [FormButton(Text("Save", es: "Guardar"))],
                errors: answer.errors, cancel: place.pass)
            return page.render(.changePlate, status: answer.status, headers: answer.headers, form.html(page))
        }
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try page.atPass(place) { _, page in
            let plate = try form.read { $0.optionalText("vehicle_plate", maximum: 20) ?? "" }
            try page.change(place, "select api.set_pass_plate($1, $4, $2, $3)", name: "set_pass_plate", .text(plate))
            return page.seeOther(place.saved)
        }
    }
}

/// `/p/{token}/cancel/`: the visitor does not come.
///
/// - SQL: `api.cancel_pass` (sql/functions/pass/cancel_pass.sql).
struct CancelPage: FormPage {
    private let place: PassPlace

    init(_ request: Request) throws(HTTPError) { place = PassPlace(request) }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try page.atPass(place) { pass, page in
            guard pass.canCancel || answer.form != nil else { return page.seeOther(place.pass) }
            let isLong = pass.hours != nil
            let title = isLong ? Text.endWholePass(Day(pass.validUntil)) : .areYouNotComing
            let button = FormButton(
                isLong ? .endPass : Text("Cancel my pass", es: "Cancelar mi pase"), nil, .destructive)
            let form = PageForm(
                place.cancel, groups: [], buttons: [button], errors: answer.errors, cancel: place.pass)
            return page.render(
                title, status: answer.status,
                "\(form.summary(page))<p>\(page.localized(isLong ? .endsEveryDay : .endsNow))</p>\n\(form.body(page))")
        }
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try page.atPass(place) { _, page in
            try page.change(place, "select api.cancel_pass($1, $2, $3)", name: "cancel_pass")
            return page.seeOther(place.pass)
        }
    }
}

extension PageContext {
    /// Runs a function that changes a pass, as its visitor.
    ///
    /// - Parameter sql: of `$1` the tags of the link, `$2` the request id, `$3` the address, then `more`.
    fileprivate func change(_ place: PassPlace, _ sql: String, name: String, _ more: Parameter...) throws {
        let request = context.request
        _ = try context.database.run(
            Statement(
                sql, name: name,
                parameters: [place.tags(context), .text(request.id), .text(request.address)] + more))
    }
}

extension Text {
    fileprivate static let mayBeEmpty = Text(
        "Leave it empty to come without a car.", es: "Déjelo vacío si viene sin auto.")
    fileprivate static let areYouNotComing = Text("You're not coming?", es: "¿No va a venir?")
    fileprivate static let endsNow = Text(
        "The pass ends now and cannot be used again. To come after all you need another one from your host.",
        es: "El pase termina ahora y no se podrá usar de nuevo. Si cambia de planes, pida otro a quien le invitó.")
    fileprivate static let endsEveryDay = Text(
        "It ends for all its days, not for today alone, and cannot be used again. If only one day changes, tell your host.",
        es:
            "Termina para todos sus días, no solo para hoy, y no se podrá usar de nuevo. Si solo cambia un día, avise a quien"
            + " le invitó.")

    fileprivate static func endWholePass(_ last: Day) -> Text {
        Text(
            "End the whole pass, until \(last.name(.english))?",
            es: "¿Terminar el pase completo, hasta el \(last.name(.spanish))?")
    }
}
