import JSON
import Pages
import Visitors
import Web

/// `/home/invite/`: who comes and when; whatever else there is to say is folded.
struct InvitePage: FormPage {
    /// A visit to do once more.
    private let former: Int64?

    init(_ request: Request) throws(HTTPError) {
        former = request.queryValue("from").flatMap { WholeNumber.read($0, in: WholeNumber.identifiers) }
    }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try page.atHome { home in
            let fields = InviteForm(answer: answer, defaults: try defaults(page))
            let form = PageForm(
                HomePath.invite,
                groups: [
                    FieldGroup(nil, [fields.name, try fields.day(page)]),
                    FieldGroup(
                        .moreOptions,
                        [
                            fields.otherDay, fields.lastDay, fields.entries(), fields.time, fields.untilTime,
                            fields.type, fields.phone, fields.plate, fields.companions, fields.codeType, fields.purpose,
                        ], isFolded: true),
                ], buttons: [FormButton(.invite)], errors: answer.errors, hidden: [page.requestNumber])
            return page.homePage(
                page.localized(.invite), status: answer.status,
                """
                \(home.canHost ? nil : "<p class=\"notice\">\(page.localized(.waitsForOthers))</p>\n")\(form.html(page))
                <p class="tools"><a href="\(HomePath.recurring)">\(page.localized(.inviteRecurring))</a>
                <a href="\(HomePath.party)">\(page.localized(.inviteParty))</a></p>
                """)
        }
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try page.atHome { home in
            let visit = try Invitation.naming(Invitation.names) {
                let invitation = try form.read { Self.invitation(&$0, form, home) }
                return try page.once(form, "invitation") { try invitation.create($0) }
            }
            return page.seeOther(HomePath.visit(visit), notice: .invited)
        }
    }

    private static func invitation(_ fields: inout FieldReader, _ form: Form, _ home: OwnHome) -> Invitation {
        let name = fields.personName("name")
        let day = fields.optionalDate("other_day") ?? fields.optionalDate("day") ?? home.today
        let last = fields.lastDay("last_day", from: day, in: home)
        let details = fields.details(
            ["expected_time", "visitor_type", "phone", "vehicle_plate", "companions", "purpose"], of: form)
        return Invitation(
            visit: name + details + [
                .init(name: "unit", value: .integer(home.unit)), .init(name: "expected_date", value: .string(day)),
            ],
            pass: .init(
                type: fields.codeType(), first: day, last: last,
                entries: fields.integer("entries", 1...IssuePass.unlimitedEntries, default: 1),
                times: fields.times(from: day, through: last)))
    }

    private func defaults(_ page: PageContext) throws -> [String: String] {
        guard let former else { return [:] }
        let visit = try HomeVisit.find(former, page.context)
        return visit.details
    }
}

extension HomeVisit {
    /// What of it stands in the form of another one.
    var details: [String: String] {
        [
            "name": name, "visitor_type": type, "phone": phone, "vehicle_plate": plate,
            "companions": companions > 0 ? "\(companions)" : "", "purpose": purpose, "expected_time": time ?? "",
            "until_time": pass?.endsAt ?? "",
        ]
    }
}

extension Text {
    static let invited = Text("The pass is ready: share it.", es: "El pase está listo: compártalo.")
    fileprivate static let inviteRecurring = Text(
        "Somebody who comes every week", es: "Alguien que viene cada semana")
    fileprivate static let inviteParty = Text("A list of guests", es: "Una lista de invitados")
}
