import Pages
import Users
import Web

/// What administrators do with accounts.
let accountActions = [
    accountAction(
        "password-link/", .passwordLink,
        [
            Text(
                "You will get a link, shown only once. Whoever opens it chooses the password for this account.",
                es:
                    "Recibirá un enlace que se muestra una sola vez. Quien lo abra elegirá la contraseña de esta"
                    + " cuenta."
            ),
            Text("It works once, for 24 hours.", es: "Sirve una vez, durante 24 horas."),
            Text("Any earlier link stops working.", es: "Un enlace anterior deja de servir."),
            Text(
                "The current password works until the link is used; then all sessions of the account end.",
                es: "La contraseña actual sirve hasta que se use el enlace; entonces se cierran todas sus sesiones."),
        ],
        Text("Create link", es: "Crear enlace"), offered: "t.is_active",
        form: { account, page in
            ActionForm(
                summary: account.html(page),
                instead: account.isActive
                    ? nil : "<p class=\"notice\">\(Icon.warning)\(page.localized(.switchedOff))</p>")
        },
        perform: makeLink),
    accountAction(
        "unlock/", Text("Unlock sign-in", es: "Desbloquear el acceso a la cuenta"),
        [
            Text(
                "After several wrong passwords or codes an account has to wait, longer each time. This clears"
                    + " those attempts.",
                es:
                    "Después de varias contraseñas o códigos incorrectos la cuenta debe esperar, cada vez más"
                    + " tiempo. Esto borra esos intentos."
            ),
            Text(
                "The person can try again right away. The password does not change.",
                es: "La persona puede intentar de inmediato. La contraseña no cambia."),
            Text(
                "First ask whether they made those attempts: somebody may be guessing the password.",
                es: "Pregunte antes si los intentos fueron suyos: alguien podría estar adivinando la contraseña."),
        ],
        Text("Unlock", es: "Desbloquear"), offered: "api.has_failed_tries(t.id)"
    ) { request in
        let tries = try UnlockAccount(request.id).perform(request.context)
        return .notice(
            Text(
                "Sign-in is unlocked. Failed attempts cleared: \(tries).",
                es: "La cuenta está desbloqueada. Intentos fallidos borrados: \(tries)."))
    },
    accountAction(
        "second-factor/", Text("Reset the second factor", es: "Restablecer el segundo factor"),
        [
            Text(
                "The second factor is removed, along with its recovery codes.",
                es: "El segundo factor se quita, junto con sus códigos de recuperación."),
            Text("All sessions of the account end.", es: "Se cierran todas las sesiones de la cuenta."),
            Text(
                "From then on the password alone is enough. If the community requires a second factor, the"
                    + " person must first set up a new one.",
                es:
                    "Desde entonces basta la contraseña para entrar. Si el residencial exige un segundo factor, la"
                    + " persona deberá configurar primero uno nuevo."
            ),
            Text(
                "Only do this for somebody standing in front of you, or whose voice you recognize.",
                es: "Hágalo solo por alguien que tenga enfrente o cuya voz reconozca."),
        ],
        Text("Remove", es: "Quitar"), isDestructive: true, offered: "api.has_factor_to_reset(t.id)",
        form: { account, page in
            account.isOwn ? ActionForm(instead: ownFactor(page)) : ActionForm(summary: account.html(page))
        },
        perform: resetFactor),
    accountAction(
        "end-sessions/", Text("End all sessions", es: "Cerrar todas las sesiones"),
        [
            Text(
                "The account is signed out of every browser and device right away.",
                es: "La cuenta se cierra en todos los navegadores y dispositivos, de inmediato.")
        ], isDestructive: true, offered: "exists (select from garita.sessions as s where s.user_id = t.id)",
        form: { account, page in
            ActionForm(summary: account.html(page), consequences: [account.isOwn ? .yoursToo : .canReturn])
        }
    ) { request in
        let ended = try EndSessions(request.id).perform(request.context)
        let isOwn = request.id == request.page.layout.session?.caller.userID
        return .notice(
            Text("Sessions ended: \(ended).", es: "Sesiones cerradas: \(ended)."), at: isOwn ? PagePath.signIn : nil)
    },
]

private func accountAction(
    _ path: String, _ title: Text, _ consequences: [Text], _ button: Text? = nil, isDestructive: Bool = false,
    offered: String? = nil,
    form: @escaping @Sendable (AccountSummary, PageContext) -> ActionForm = { ActionForm(summary: $0.html($1)) },
    perform: @escaping @Sendable (ActionRequest) throws -> ActionResult
) -> ActionPage {
    ActionPage(
        resource: users, path: path, title: title, consequences: consequences, button: button,
        isDestructive: isDestructive, offered: offered, extraStatements: { [AccountSummary.statement($0)] },
        form: { answers, page in form(try AccountSummary(answers.first), page) }, perform: perform)
}

/// Makes the link and shows it, this once; not for an account that is switched off, whose page then says so.
@Sendable private func makeLink(_ request: ActionRequest) throws -> ActionResult {
    let page = request.page
    let account = try AccountSummary(page.context.run([AccountSummary.statement(request.id)])[0])
    guard account.isActive else { throw HTTPError(409, .switchedOff) }
    let link = try MakePasswordLink(request.id).perform(page.context)
    let crumbs = [request.table.crumb(page), request.table.crumb(of: request.id, account.name)]
    return .page(
        page.admin(
            .passwordLink, crumbs: crumbs, OneTimeLink(link, for: account.name, username: account.username).html(page)))
}

@Sendable private func resetFactor(_ request: ActionRequest) throws -> ActionResult {
    let had = try ResetSecondFactor(request.id).perform(request.context)
    return .notice(
        had
            ? Text(
                "The second factor was removed and all sessions have ended.",
                es: "El segundo factor se quitó y todas las sesiones se cerraron.")
            : Text(
                "There was no second factor; all sessions have ended.",
                es: "No había segundo factor; todas las sesiones se cerraron."))
}

/// Leads to where one's own is changed.
private func ownFactor(_ page: PageContext) -> HTML {
    let own = Text(
        "Your own second factor is changed with your password and a code:",
        es: "Su propio segundo factor se cambia con su contraseña y un código:")
    let label = Text("My second factor", es: "Mi segundo factor")
    return "<p>\(page.localized(own)) <a href=\"\(PagePath.secondFactor)\">\(page.localized(label))</a></p>"
}

extension Text {
    fileprivate static let passwordLink = Text("One-time password link", es: "Enlace para elegir contraseña")
    fileprivate static let switchedOff = Text(
        "The account is inactive. Activate it first.", es: "La cuenta está desactivada. Actívela primero.")
    fileprivate static let yoursToo = Text(
        "Including this one: it is your own account.", es: "También esta: es su propia cuenta.")
    fileprivate static let canReturn = Text(
        "The person can sign in again. To prevent that, deactivate the account.",
        es: "La persona puede volver a entrar. Para impedirlo, desactive la cuenta.")
}
