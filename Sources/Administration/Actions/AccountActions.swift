import Pages
import Users
import Web

/// `GET /admin/users/{id}/unlock/`: asks before failed log-ins are forgotten.
struct AskUnlock: PageHandler {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func respond(_ page: PageContext) throws -> Response {
        let account = try AccountSummary.find(id, page)
        return ConfirmationPage(
            title: Text("Unlock signing in", es: "Desbloquear el acceso a la cuenta"),
            consequences: [
                Text(
                    "After several wrong passwords or codes an account must wait, longer each time. These tries are forgotten.",
                    es:
                        "Tras varias contraseñas o códigos incorrectos una cuenta debe esperar, cada vez más. Esos intentos se olvidan."
                ),
                Text(
                    "The person can try again at once. The password stays as it is.",
                    es: "La persona puede intentar de inmediato. La contraseña no cambia."),
                Text(
                    "Ask first whether the tries were theirs: somebody may be guessing the password.",
                    es: "Pregunte antes si los intentos fueron suyos: alguien podría estar adivinando la contraseña."),
            ], button: Text("Unlock", es: "Desbloquear")
        ).response(page, crumbs: account.crumbs(page), account.facts(page))
    }
}

/// `POST /admin/users/{id}/unlock/`: forgets the failed log-ins of an account.
struct SubmitUnlock: PageHandler {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func respond(_ page: PageContext) throws -> Response {
        let tries = try AccountTask.unlock(id, page.context)
        return page.seeOther(
            AccountSummary.path(of: id),
            notice: Text(
                "Signing in is unlocked. Failed tries forgotten: \(tries).",
                es: "El acceso está desbloqueado. Intentos fallidos olvidados: \(tries)."))
    }
}

/// `GET /admin/users/{id}/second-factor/`: asks before a lost second factor is taken away.
struct AskResetFactor: PageHandler {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func respond(_ page: PageContext) throws -> Response {
        let account = try AccountSummary.find(id, page)
        let title = Text("Reset the second factor", es: "Restablecer el segundo factor")
        guard !account.isOwn else {
            let own = Text(
                "Your own second factor is changed with your password and a code:",
                es: "Su propio segundo factor se cambia con su contraseña y un código:")
            let label = Text("My second factor", es: "Mi segundo factor")
            return page.admin(
                title, crumbs: account.crumbs(page),
                "<p>\(page.localized(own)) <a href=\"\(PagePath.secondFactor)\">\(page.localized(label))</a></p>")
        }
        return ConfirmationPage(
            title: title,
            consequences: [
                Text(
                    "If a second factor is in use it is taken away, with its recovery codes.",
                    es: "Si hay un segundo factor en uso se quita, junto con sus códigos de recuperación."),
                Text("All sessions of the account end.", es: "Se cierran todas las sesiones de la cuenta."),
                Text(
                    "From then on the password alone signs in. Where the residence requires a second factor, the person sets up a new one first.",
                    es:
                        "Desde entonces basta la contraseña para entrar. Donde el residencial exige un segundo factor, la persona configura primero uno nuevo."
                ),
                Text(
                    "Do it only for who stands before you or whose voice you know.",
                    es: "Hágalo solo por quien tenga enfrente o cuya voz conozca."),
            ], button: Text("Take it away", es: "Quitarlo"), isDestructive: true
        ).response(page, crumbs: account.crumbs(page), account.facts(page))
    }
}

/// `POST /admin/users/{id}/second-factor/`: takes a lost second factor away.
struct SubmitResetFactor: PageHandler {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func respond(_ page: PageContext) throws -> Response {
        let had = try AccountTask.resetSecondFactor(of: id, page.context)
        return page.seeOther(
            AccountSummary.path(of: id),
            notice: had
                ? Text(
                    "The second factor is gone and all sessions have ended.",
                    es: "El segundo factor se quitó y todas las sesiones se cerraron.")
                : Text(
                    "There was no second factor; all sessions have ended.",
                    es: "No había segundo factor; todas las sesiones se cerraron."))
    }
}

/// `GET /admin/users/{id}/end-sessions/`: asks before an account is signed out everywhere.
struct AskEndSessions: PageHandler {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func respond(_ page: PageContext) throws -> Response {
        let account = try AccountSummary.find(id, page)
        let own = Text("This one too: it is your own account.", es: "También esta: es su propia cuenta.")
        return ConfirmationPage(
            title: Text("End all sessions", es: "Terminar todas las sesiones"),
            consequences: [
                Text(
                    "The account is signed out of every browser and program, at once.",
                    es: "La cuenta sale de todo navegador y programa, de inmediato."),
                account.isOwn
                    ? own
                    : Text(
                        "The person can sign in again. To prevent that, deactivate the account.",
                        es: "La persona puede volver a entrar. Para impedirlo, desactive la cuenta."),
            ], button: Text("End all sessions", es: "Terminar todas las sesiones"), isDestructive: true
        ).response(page, crumbs: account.crumbs(page), account.facts(page))
    }
}

/// `POST /admin/users/{id}/end-sessions/`: signs an account out everywhere.
struct SubmitEndSessions: PageHandler {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func respond(_ page: PageContext) throws -> Response {
        let ended = try AccountTask.endSessions(of: id, page.context)
        let isOwn = id == page.layout.session?.caller.userID
        return page.seeOther(
            isOwn ? PagePath.signIn : AccountSummary.path(of: id),
            notice: Text("Sessions ended: \(ended).", es: "Sesiones terminadas: \(ended)."))
    }
}
