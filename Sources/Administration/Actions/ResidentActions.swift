import Pages
import Residents
import Resource
import Users
import Web

/// What administrators do with residents.
let residentActions = [
    ActionPage(
        resource: residents, path: "account/", title: Text("Create the account", es: "Crear la cuenta"),
        consequences: [
            Text(
                "The resident will get an account with the name, email and phone below. You can change the"
                    + " suggested user name.",
                es:
                    "El residente tendrá una cuenta con el nombre, correo y teléfono de abajo. Puede cambiar el"
                    + " nombre de usuario sugerido."
            ),
            Text(
                "You will get a link, shown only once, with which the person chooses the password. It works"
                    + " once, within 7 days.",
                es:
                    "Recibirá un enlace que se muestra una sola vez, con el que la persona elige su contraseña."
                    + " Sirve una sola vez, durante 7 días."
            ),
        ],
        condition: "t.user_id is null and garita.resides(t.move_out_date)",
        summaryFields: ["full_name", "unit", "email", "phone"], perform: invite)
]

@Sendable private func invite(_ request: ActionRequest) throws -> ActionResult {
    let page = request.page
    let made = try page.context.transaction { try InviteResidents([request.id]).perform($0) }
    guard let account = made.first else { throw HTTPError(409, .hasOne) }
    let label = Text("View account", es: "Ver la cuenta")
    return .page(
        page.admin(
            Text("Account created", es: "Cuenta creada"),
            crumbs: [request.table.crumb(page), request.table.crumb(of: request.id, account.name)],
            """
            \(OneTimeLink(account.link, for: account.name, username: account.username).html(page))
            <p class="tools"><a class="button" href="\(AdminPath.users)\(account.userID)/">\(page.localized(label))</a></p>
            """))
}

extension Text {
    fileprivate static let hasOne = Text(
        "This resident already has an account or has moved out.",
        es: "Este residente ya tiene cuenta o ya no vive aquí.")
}
