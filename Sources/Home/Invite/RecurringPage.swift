import Cryptography
import JSON
import Pages
import Visitors
import Web

/// `/home/invite/recurring/`: somebody who comes on certain weekdays and hours: one pass, months long.
struct RecurringPage: FormPage {
    init(_ request: Request) throws(HTTPError) {}

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try page.atHome { home in
            let fields = InviteForm(answer: answer, defaults: ["visitor_type": "SERVICE", "on_holidays": "true"])
            let form = PageForm(
                HomePath.recurring,
                groups: [
                    FieldGroup(nil, [fields.name] + fields.hours(ticked: answer.form?.texts("weekdays") ?? [])),
                    FieldGroup(
                        .moreOptions,
                        [
                            fields.card, fields.codeType, fields.type, fields.firstDay, fields.onHolidays, fields.phone,
                            fields.plate, fields.companions, fields.purpose,
                        ], isFolded: true),
                ], buttons: [FormButton(.invite)], errors: answer.errors)
            return page.homePage(
                page.localized(Text("Frequent visit", es: "Visita frecuente")), status: answer.status,
                "\(home.canHost ? nil : "<p class=\"notice\">\(page.localized(.waitsForOthers))</p>\n")\(form.html(page))"
            )
        }
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try page.atHome { home in
            let visit = try Invitation.naming(Invitation.names.merging(["expected_date": "first_day"]) { $1 }) {
                try form.read { Self.invitation(&$0, form, home) }.create(page.context)
            }
            return page.seeOther(HomePath.visit(visit), notice: .invited)
        }
    }

    private static func invitation(
        _ fields: inout FieldReader, _ form: Form, _ home: OwnHome
    ) -> Invitation {
        let name = fields.personName("name")
        let first = fields.optionalDate("first_day") ?? home.today
        let details = fields.details(["visitor_type", "phone", "vehicle_plate", "companions", "purpose"], of: form)
        return Invitation(
            visit: name + details + [
                .init(name: "unit", value: .integer(home.unit)), .init(name: "expected_date", value: .string(first)),
            ],
            pass: .init(
                type: fields.codeType(), first: first, last: fields.lastDay("last_day", from: first, in: home),
                entries: IssuePass.unlimitedEntries, hours: fields.visitHours(form), card: fields.card()))
    }
}

extension InviteForm {
    var firstDay: FormField {
        field("first_day", Text("From which day", es: "Desde qué día"), .date, hint: .emptyForToday)
    }
    var onHolidays: FormField {
        field("on_holidays", Text("Also on holidays", es: "También en días festivos"), .box)
    }

    /// Weekdays, hours and the last day.
    func hours(ticked: [String]) -> [FormField] {
        [
            FormField("weekdays", Text("Which days", es: "Qué días"), .boxes(VisitHours.options), ticked),
            field("starts_at", Text("From what time", es: "Desde qué hora"), .time, required: true),
            field(
                "ends_at", Text("Until what time", es: "Hasta qué hora"), .time, hint: .midnightEndsTheDay,
                required: true),
            field("last_day", Text("Until which day", es: "Hasta qué día"), .date, required: true),
        ]
    }
}

extension FieldReader {
    /// Weekdays and hours, all of which must be there; so must be the last day.
    mutating func visitHours(_ form: Form) -> VisitHours {
        let weekdays = VisitHours.sum(of: form.texts("weekdays"))
        if weekdays == 0 { add(FieldError("weekdays", .noWeekday)) }
        let hours = ["starts_at", "ends_at"].map { name in
            let time = optionalTime(name)
            if form.text(name).isEmpty { add(FieldError(name, .required)) }
            return time ?? "00:00"
        }
        if form.text("last_day").isEmpty { add(FieldError("last_day", .required)) }
        // A slip must not open all day; from midnight to midnight says so.
        if hours[0] == hours[1], hours[0] != "00:00" { add(FieldError("ends_at", .noHours)) }
        return VisitHours(
            weekdays: weekdays, from: hours[0], until: hours[1], onHolidays: form.text("on_holidays") != "false")
    }

    /// The number of a card; nil for none.
    mutating func card() -> GateCode? {
        guard let text = optionalText("card", maximum: GateCode.maximumLength) else { return nil }
        let code = GateCode(reading: text)
        if code == nil { add(FieldError("card", .noCard)) }
        return code
    }
}

extension Text {
    fileprivate static let emptyForToday = Text("Leave it empty for today.", es: "Déjelo vacío si es desde hoy.")
    fileprivate static let noWeekday = Text("Tick at least one day.", es: "Marque al menos un día.")
    fileprivate static let midnightEndsTheDay = Text(
        "00:00 is the end of the day.", es: "Las 00:00 son el final del día.")
    fileprivate static let noHours = Text(
        "The end is the same as the beginning.", es: "La hora final es igual a la inicial.")
    static let noCard = Text("This is not the number of a card.", es: "Esto no es el número de una tarjeta.")
}
