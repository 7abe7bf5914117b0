import JSON
import Pages
import Resource
import Visitors
import Web

/// `/home/visits/{id}/renew/`: other days, hours, entries or code: the pass of now ends, and a new one is issued with it.
struct RenewPassPage: FormPage {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try page.atVisit(id) { home, visit in
            let fields = InviteForm(answer: answer, defaults: visit.passDefaults(home))
            let days = [fields.firstDay, fields.lastDay, fields.untilTime]
            let ticked = answer.form?.texts("weekdays") ?? visit.pass?.hours?.ticked ?? []
            let limits =
                visit.pass?.hours == nil
                ? days + [fields.entries(visit.entriesLeft)]
                : [fields.firstDay] + fields.hours(ticked: ticked) + [fields.onHolidays]
            let form = PageForm(
                HomePath.visit(id, "renew"), groups: [FieldGroup(nil, limits + [fields.codeType])],
                buttons: [FormButton(Text("Issue the new pass", es: "Emitir el pase nuevo"))], errors: answer.errors,
                cancel: HomePath.visit(id))
            let isLive = visit.pass?.isLive == true
            return page.task(
                .newPass, of: visit, answer, consequences: isLive ? [.formerEnds, .shareAgain] : [], form)
        }
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try page.atVisit(id) { home, visit in
            try visit.requireOpen()
            let pass = try form.read { fields in
                let first = fields.optionalDate("first_day") ?? home.today
                if first < home.today { fields.add(FieldError("first_day", .isPast)) }
                let hours = visit.pass?.hours == nil ? nil : fields.visitHours(form)
                let entries = fields.integer("entries", 1...IssuePass.unlimitedEntries, default: 1)
                let last = fields.lastDay("last_day", from: first, in: home)
                let until = fields.optionalTime("until_time")
                return Invitation.Pass(
                    type: fields.codeType(), first: first, last: last,
                    entries: hours == nil ? entries : IssuePass.unlimitedEntries, hours: hours,
                    times: until.map { (visit.time ?? "00:00", $0) })
            }
            try Invitation.naming(["valid_until": "last_day", "expected_date": "first_day"]) {
                try page.context.transaction { context in try renew(visit, pass, context) }
            }
            return page.seeOther(HomePath.visit(id), notice: .invited)
        }
    }

    private func renew(_ visit: HomeVisit, _ pass: Invitation.Pass, _ context: Context) throws {
        try visit.endPasses(context)
        let isAwaited = visit.status == "APPROVED" || visit.status == "PENDING"
        if isAwaited, visit.day != pass.first {
            let day = Form([.init(name: "expected_date", value: .string(pass.first))])
            try UpdateRow(visitors, id, day).perform(context)
        }
        try KeepPassCard(pass.issue(for: id, context)).perform(context)
    }
}

extension HomeVisit {
    /// How often the pass still lets in; one where there is none.
    fileprivate var entriesLeft: Int64 {
        guard let pass, pass.entries != IssuePass.unlimitedEntries else { return pass?.entries ?? 1 }
        return max(1, pass.entries - pass.used)
    }

    /// The form as it stands first: what the pass of now is limited to.
    fileprivate func passDefaults(_ home: OwnHome) -> [String: String] {
        let first = pass.map { String($0.from.prefix(10)) } ?? day
        let last = pass?.lastDay ?? day
        let limits = [
            "first_day": max(first, home.today), "last_day": max(last, home.today), "entries": "\(entriesLeft)",
            "code_type": pass?.type?.rawValue ?? CodeType.qr.rawValue, "until_time": pass?.endsAt ?? "",
        ]
        return limits.merging(hourDefaults) { $1 }
    }
}

extension Text {
    fileprivate static let isPast = Text("This day is over.", es: "Este día ya pasó.")
    fileprivate static let formerEnds = Text(
        "The pass of now lets nobody in any more; whoever is inside can leave with it.",
        es: "El pase actual ya no deja entrar a nadie; quien esté dentro puede salir con él.")
    fileprivate static let shareAgain = Text(
        "The new pass has another code and another link: share it again. A card goes on opening.",
        es: "El pase nuevo tiene otro código y otro enlace: compártalo otra vez. Una tarjeta sigue abriendo.")
}
