import JSON
import Pages
import PostgreSQL
import Resource
import Users
import Vocabulary
import Web

/// How administrators make an account.
let newAccountPages: [Route] = [
    .page(.get, NewAccount.path, for: .administrators, ShowNewAccount.self),
    .page(.post, NewAccount.path, for: .administrators, SubmitNewAccount.self),
]

/// `GET /admin/users/new/`: the form of an account; nobody chooses a password for somebody else.
struct ShowNewAccount: PageHandler {
    private let values: FormValues

    init(_ request: Request) throws(HTTPError) { values = FormValues(request) }

    func respond(_ page: PageContext) throws -> Response {
        var form = try NewAccount.form
        form.values = values
        return try form.response(page)
    }
}

/// `POST /admin/users/new/`: makes the account, connects the resident, and shows the one-time link, this once.
///
/// All of it or nothing: one transaction.
struct SubmitNewAccount: PageHandler {
    private let form: Form

    init(_ request: Request) throws(HTTPError) { form = try Form(request) }

    func respond(_ page: PageContext) throws -> Response {
        let named = try SubmittedForm(NewAccount.form, form).resolved(page).form
        let sent = try SubmittedForm(NewAccount.form, withNames(named, page)).resolved(page)
        do {
            guard sent.errors.isEmpty else { throw HTTPError.invalid(sent.errors) }
            let made = try page.context.transaction { context in
                let account = CreateRow(users, sent.changes.with("resident", nil))
                let id = try account.perform(context).id
                try connect(sent.form.text("resident"), to: id, context)
                return (id: id, link: try MakePasswordLink(id).perform(context))
            }
            let link = OneTimeLink(made.link, for: name(sent.form), username: sent.form.text("username").plain)
            return try show(made.id, link, page)
        } catch {
            return try sent.refused(error, page)
        }
    }

    /// What the form leaves blank the account has from the resident whose it is.
    private func withNames(_ form: Form, _ page: PageContext) throws -> Form {
        let blank = ["first_name", "last_name", "email", "phone"].filter { form.text($0).trimmed.isEmpty }
        guard !blank.isEmpty, let id = WholeNumber.read(form.text("resident"), in: WholeNumber.identifiers) else {
            return form
        }
        let rows = try page.context.run([
            Statement(
                "select r.first_name, r.last_name, r.email, r.phone from garita.residents as r where r.id = $1",
                name: "names of resident", parameters: [.integer(id)])
        ])[0]
        guard let row = rows.first else { return form }
        let known = [
            "first_name": try row.text(0), "last_name": try row.text(1), "email": try row.text(2),
            "phone": try row.text(3),
        ]
        return blank.reduce(form) { $0.with($1, known[$1]) }
    }

    /// As the page of the account will say it.
    private func name(_ form: Form) -> String {
        let names = [form.text("first_name"), form.text("last_name")].filter { !$0.isEmpty }
        return names.isEmpty ? form.text("username") : names.joined(separator: " ")
    }

    private func connect(_ resident: String, to id: Int64, _ context: Context) throws {
        guard !resident.isEmpty else { return }
        let rows = try context.run([
            Statement(
                "update garita.residents as r set user_id = $2 where r.id = $1 and r.user_id is null returning r.id",
                name: "connect_resident",
                parameters: [
                    .integer(WholeNumber.read(resident, in: WholeNumber.identifiers) ?? 0), .integer(id),
                ])
        ])[0]
        guard rows.count == 1 else { throw HTTPError.invalid([FieldError("resident", NewAccount.taken)]) }
    }

    private func show(_ id: Int64, _ link: OneTimeLink, _ page: PageContext) throws -> Response {
        let table = try NewAccount.table
        let made = Text("Account created", es: "Cuenta creada")
        let label = Text("View account", es: "Ver la cuenta")
        return page.admin(
            made, crumbs: [table.crumb(page)],
            """
            \(link.html(page))
            <p class="tools"><a class="button" href="\(table.path(of: id))">\(page.localized(label))</a></p>
            """)
    }
}

/// What both have in common.
enum NewAccount {
    static let path = "\(AdminPath.users)new/"

    /// - Throws: never, as long as the declaration has its admin.
    static var table: Table {
        get throws(HTTPError) {
            guard let admin = invitations.admin else { throw .internalError }
            return Table(resource: invitations, admin: admin)
        }
    }

    /// Before anybody fills it in.
    static var form: RecordForm {
        get throws(HTTPError) { RecordForm(table: try table, id: nil, about: about) }
    }

    private static let about = Text(
        "You don't choose the password: the next page shows a link, only once, with which the person"
            + " chooses it.",
        es:
            "Usted no elige la contraseña: la página siguiente muestra una sola vez un enlace con el que la persona elige la suya."
    )
    static let taken = Text(
        "This resident does not exist or already has an account.", es: "Ese residente no existe o ya tiene cuenta.")
}
