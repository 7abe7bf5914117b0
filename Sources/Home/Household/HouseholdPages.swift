import Pages
import PostgreSQL
import Residents
import Resource
import Web

/// Somebody who lives in the home.
private struct Member {
    let id: Int64
    let name: String
    /// As `garita.residents.resident_type`.
    let type: String
    let phone: String
    let hasAccount: Bool

    init(_ row: Row) throws {
        id = try row.integer(0)
        name = try row.text(1)
        type = try row.text(2)
        phone = try row.text(3)
        hasAccount = try row.bool(4)
    }

    static func list(_ unit: Int64, _ context: Context) throws -> [Member] {
        try context.run([
            Statement(
                "select r.id, r.first_name || ' ' || r.last_name, r.resident_type, r.phone, r.user_id is not null"
                    + " from garita.residents as r where r.unit_id = $1 and garita.resides(r.move_out_date)"
                    + " order by r.resident_type = 'FAMILY', r.id", name: "household", parameters: [.integer(unit)])
        ])[0].map(Member.init)
    }

    func canBeEnded(by home: OwnHome) -> Bool { home.isHead && type == "FAMILY" && id != home.resident }

    func line(_ home: OwnHome, _ page: PageContext) -> HTML {
        let kind = residents.field("resident_type").map { page.localized($0.label(of: type)) } ?? type
        let account = page.localized(
            hasAccount ? Text("has an account", es: "tiene cuenta") : Text("no account", es: "sin cuenta"))
        let end: HTML? =
            canBeEnded(by: home)
            ? """
            <a class="button quiet" href="\(HomePath.endMember(id))">\(page.localized(.movesOut))\
            <span class="unseen"> \(name)</span></a>
            """ : nil
        let facts = [kind, phone, account].filter { !$0.isEmpty }.joined(separator: " · ")
        return "<li><div><strong>\(name)</strong><br><span class=\"quiet\">\(facts)</span></div>\(end)</li>\n"
    }
}

/// `/home/household/`: who lives in the home; an owner or tenant adds somebody of the family.
struct HouseholdPage: FormPage {
    init(_ request: Request) throws(HTTPError) {}

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try page.atHome { home in
            let members = try Member.list(home.unit, page.context)
            let form = PageForm(
                HomePath.household, Self.fields(answer), submit: Text("Add to my home", es: "Agregar a mi casa"),
                errors: answer.errors, hidden: [page.requestNumber])
            let adding: HTML =
                home.isHead
                ? "<h2>\(page.localized(.addMember))</h2>\n<p>\(page.localized(.askForAccount))</p>\n\(form.body(page))"
                : "<p class=\"notice\">\(page.localized(.headsOnly))</p>\n"
            return page.homePage(
                page.localized(.household), status: answer.status,
                "\(form.summary(page))<ul class=\"rows\">\n\(members.map { $0.line(home, page) })</ul>\n\(adding)")
        }
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try page.atHome { home in
            let member = try AddHouseholdMember(form, in: home.unit)
            _ = try page.once(form, "household member") { try member.perform($0) }
            return page.seeOther(HomePath.household, notice: Text("Added to your home.", es: "Agregado a su casa."))
        }
    }

    private static func fields(_ answer: FormAnswer) -> [FormField] {
        let fields: [(name: String, label: Text, control: FormField.Control, isRequired: Bool)] = [
            ("first_name", Text("First name", es: "Nombre"), .text(maximum: 100), true),
            ("last_name", Text("Last name", es: "Apellidos"), .text(maximum: 100), true),
            ("phone", Text("Phone", es: "Teléfono"), .phone(maximum: 20), false),
            (
                "document_id", Text("ID number", es: "Número de identificación"), .text(maximum: 50, verbatim: true),
                false
            ),
        ]
        return fields.map { field in
            var drawn = FormField(
                field.name, field.label, field.control, [answer.text(field.name)], required: field.isRequired)
            drawn.isMarkedOptional = field.name == "document_id"
            return drawn
        }
    }
}

/// `/home/household/{id}/end/`: asks, and ends the stay of somebody of the family.
struct EndMemberPage: FormPage {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try page.atHome { home in
            let found = try Member.list(home.unit, page.context).first { $0.id == id }
            guard let member = found, member.canBeEnded(by: home) || !answer.errors.isEmpty else {
                throw HTTPError.notFound()
            }
            let form = PageForm(
                HomePath.endMember(id), groups: [], buttons: [FormButton(.movesOut, nil, .destructive)],
                errors: answer.errors, look: .task, cancel: HomePath.household)
            return page.question(
                member.name, answer, below: (HomePath.household, .household),
                consequences: [.livesHereNoMore, .codesEnd],
                form)
        }
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try EndHouseholdMember(id).perform(page.context)
        return page.seeOther(
            HomePath.household, notice: Text("No longer part of your home.", es: "Ya no forma parte de su casa."))
    }
}

extension Text {
    fileprivate static let household = Text("Household", es: "Familia")
    fileprivate static let movesOut = Text("Moves out", es: "Ya no vive aquí")
    fileprivate static let addMember = Text("Add somebody of the family", es: "Agregar a un familiar")
    fileprivate static let askForAccount = Text(
        "For an account or a card of their own, ask the administration.",
        es: "Para que tenga cuenta o tarjeta propia, acuda a la administración.")
    fileprivate static let headsOnly = Text(
        "Only an owner or tenant with authorized access changes who lives here.",
        es: "Solo un propietario o inquilino con acceso autorizado cambia quién vive aquí.")
    fileprivate static let livesHereNoMore = Text(
        "From today on this person no longer lives in your home.", es: "Desde hoy esta persona ya no vive en su casa.")
    fileprivate static let codesEnd = Text(
        "Cards, codes and the passes of the visitors of this person end.",
        es: "Terminan sus tarjetas, sus códigos y los pases de sus visitas.")
}
