import JSON
import Pages
import Resource
import Visitors
import Web

/// `/home/invite/party/`: a list of names; each gets a visit and a pass of the day, all or none.
struct PartyPage: FormPage {
    init(_ request: Request) throws(HTTPError) {}

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try page.atHome { home in
            let fields = InviteForm(answer: answer, defaults: [:])
            let form = PageForm(
                HomePath.party,
                groups: [
                    FieldGroup(
                        nil,
                        [
                            fields.field(
                                "party", Text("What is celebrated", es: "Qué se celebra"), .text(maximum: 100),
                                hint: .joinsAList, required: true),
                            try fields.day(page),
                            fields.field("names", .guests, .lines, hint: .onePerLine, required: true),
                        ]),
                    FieldGroup(.moreOptions, [fields.otherDay, fields.time], isFolded: true),
                ], buttons: [FormButton(.invite)], errors: answer.errors, hidden: [page.requestNumber])
            return page.homePage(
                page.localized(Text("Guest list", es: "Lista de invitados")), status: answer.status,
                "\(home.canHost ? nil : "<p class=\"notice\">\(page.localized(.waitsForOthers))</p>\n")\(form.html(page))"
            )
        }
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try page.atHome { home in
            let guests = try form.read { Self.guests(&$0, form, home) }
            let names = Invitation.names.merging(["first_name": "names", "last_name": "names"]) { $1 }
            let visit = try Invitation.naming(names) {
                try page.once(form, "guest list") { try Self.invite(guests, form.text("party").trimmed, $0) }
            }
            return page.seeOther(
                HomePath.visit(visit, "party"),
                notice: Text(
                    "\(guests.count) passes are ready: share them.",
                    es: "\(guests.count) pases están listos: compártalos."))
        }
    }

    private struct Guest {
        let name: String
        let invitation: Invitation
    }

    /// Whoever is on the list of that day already has a pass, and gets no second one.
    ///
    /// - Returns: the number of one of the visits.
    private static func invite(_ guests: [Guest], _ party: String, _ context: Context) throws -> Int64 {
        let day = guests.first?.invitation.pass.first ?? ""
        let known = try HomeVisit.party(party, on: day, context).filter { $0.status != "DENIED" }
        let names = Set(known.map { $0.name.lowercased() })
        let made = try guests.filter { !names.contains($0.name.lowercased()) }.map { try $0.invitation.create(context) }
        guard let visit = made.first ?? known.first?.id else { throw HTTPError.internalError }
        return visit
    }

    private static func guests(_ fields: inout FieldReader, _ form: Form, _ home: OwnHome) -> [Guest] {
        let party = fields.text("party", maximum: 100)
        let day = fields.optionalDate("other_day") ?? fields.optionalDate("day") ?? home.today
        let guests = GuestList(form.text("names"))
        for fault in guests.faults { fields.add(FieldError("names", fault)) }
        let last = fields.lastDay("other_day", from: day, in: home)
        let shared: [JSON.Member] =
            fields.details(["expected_time"], of: form) + [
                .init(name: "unit", value: .integer(home.unit)), .init(name: "expected_date", value: .string(day)),
                .init(name: "party", value: .string(party)),
            ]
        return guests.names.map { words in
            Guest(
                name: words.joined(separator: " "),
                invitation: Invitation(
                    visit: FieldReader.members(of: words) + shared,
                    pass: .init(type: .qr, first: day, last: last, entries: 1)))
        }
    }
}

extension GuestList {
    /// What is wrong with it.
    fileprivate var faults: [Text] {
        var faults: [Text] = []
        if names.isEmpty, faulty.isEmpty { faults.append(.required) }
        if names.count > Self.most {
            faults.append(
                Text(
                    "At most \(Self.most) names; these are \(names.count).",
                    es: "A lo más \(Self.most) nombres; aquí hay \(names.count)."))
        }
        for line in faulty.prefix(10) {
            faults.append(
                Text(
                    "Line \(line.place): “\(line.text)” is no first and last name.",
                    es: "Renglón \(line.place): «\(line.text)» no tiene nombre y apellido."))
        }
        let twice = repeated.joined(separator: ", ")
        if !twice.isEmpty {
            faults.append(Text("Twice in the list: \(twice).", es: "Repetidos en la lista: \(twice)."))
        }
        return faults
    }
}

extension Text {
    fileprivate static let joinsAList = Text(
        "A list of the same name and day is the same list.",
        es: "Una lista con el mismo nombre y día es la misma lista.")
    fileprivate static let guests = Text("Guests", es: "Invitados")
    fileprivate static let onePerLine = Text(
        "One name a line, first and last name; at most 100. Paste the list from wherever it is.",
        es: "Un nombre por renglón, con apellido; a lo más 100. Pegue la lista de donde la tenga.")
}
