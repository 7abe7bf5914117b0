import Cryptography
import JSON
import Pages
import Visitors
import Web

/// `/home/invite/recurring/`: somebody who comes on certain weekdays and hours: one pass, months long.
struct RecurringPage: FormPage {
    /// A visit to do once more.
    private let former: Int64?

    init(_ request: Request) throws(HTTPError) {
        former = request.queryValue("from").flatMap { WholeNumber.read($0, in: WholeNumber.identifiers) }
    }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try page.atHome { home in
            let visit = try former.map { try HomeVisit.find($0, page.context) }
            let usual = ["visitor_type": "SERVICE", "on_holidays": "true"]
            let defaults = usual.merging(visit?.details ?? [:]) { $1 }.merging(visit?.hourDefaults ?? [:]) { $1 }
            let fields = InviteForm(answer: answer, defaults: defaults)
            let ticked = answer.form?.texts("weekdays") ?? visit?.pass?.hours?.ticked ?? []
            let form = PageForm(
                HomePath.recurring,
                groups: [
                    FieldGroup(nil, [fields.name] + fields.hours(ticked: ticked)),
                    FieldGroup(
                        .moreOptions,
                        [
                            fields.card, fields.codeType, fields.type, fields.firstDay, fields.onHolidays, fields.phone,
                            fields.plate, fields.companions, fields.purpose,
                        ], isFolded: true),
                ], buttons: [FormButton(.invite)], errors: answer.errors, hidden: [page.requestNumber])
            return page.homePage(
                page.localized(Text("Frequent visit", es: "Visita frecuente")), status: answer.status,
                "\(home.canHost ? nil : "<p class=\"notice\">\(page.localized(.waitsForOthers))</p>\n")\(form.html(page))"
            )
        }
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try page.atHome { home in
            let visit = try Invitation.naming(Invitation.names.merging(["expected_date": "first_day"]) { $1 }) {
                let invitation = try form.read { Self.invitation(&$0, form, home) }
                return try page.once(form, "frequent visit") { try invitation.create($0) }
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

extension HomeVisit {
    /// What of its hours stands in the form of another one, or of a new pass.
    var hourDefaults: [String: String] {
        guard let hours = pass?.hours else { return [:] }
        return [
            "starts_at": hours.from, "ends_at": hours.until, "next_day": hours.passMidnight ? "true" : "false",
            "on_holidays": hours.onHolidays ? "true" : "false",
        ]
    }
}

extension InviteForm {
    var firstDay: FormField {
        field("first_day", Text("From which day", es: "Desde qué día"), .date, hint: .emptyForToday)
    }
    var onHolidays: FormField {
        field("on_holidays", Text("Also on holidays", es: "También en días festivos"), .box)
    }

    /// Asks whether hours that end before they begin end on the next day; nil for others.
    private var nextDay: FormField? {
        let (from, until) = (text("starts_at"), text("ends_at"))
        guard !until.isEmpty, until < from, !until.hasPrefix("00:00") else { return nil }
        return field("next_day", .untilNextDay(until), .box)
    }

    /// Weekdays, hours and the last day.
    func hours(ticked: [String]) -> [FormField] {
        let hours = [
            FormField("weekdays", Text("Which days", es: "Qué días"), .boxes(VisitHours.options), ticked),
            field("starts_at", Text("From what time", es: "Desde qué hora"), .time, required: true),
            field(
                "ends_at", Text("Until what time", es: "Hasta qué hora"), .time, hint: .midnightEndsTheDay,
                required: true),
        ]
        let last = field("last_day", Text("Until which day", es: "Hasta qué día"), .date, required: true)
        return hours + (nextDay.map { [$0] } ?? []) + [last]
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
        let read = VisitHours(
            weekdays: weekdays, from: hours[0], until: hours[1], onHolidays: form.text("on_holidays") != "false")
        if read.passMidnight, form.text("next_day") != "true" { add(FieldError("ends_at", .endsNextDay)) }
        return read
    }

    /// The number of a card; nil for none.
    mutating func card() -> GateCode? {
        guard let text = optionalText("card", maximum: GateCode.maximumLength) else { return nil }
        let code = GateCode(reading: text)
        if code?.compact == nil { add(FieldError("card", .noCard)) }
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
    fileprivate static let endsNextDay = Text(
        "It ends before it begins. If it ends on the next day, say so below.",
        es: "Termina antes de empezar. Si termina al día siguiente, confírmelo abajo.")
    fileprivate static func untilNextDay(_ time: String) -> Text {
        Text("Until \(time.prefix(5)) of the next day", es: "Hasta las \(time.prefix(5)) del día siguiente")
    }
    static let noCard = Text("This is not the number of a card.", es: "Esto no es el número de una tarjeta.")
}
