import Web

/// What somebody had typed when the session turned out to have ended, or to be another one than that of the form.
///
/// It travels in the page that says so, and nowhere else: whoever signs in again, in another tab, sends it from there.
struct KeptForm {
    private let typed: [QueryItem]
    private let isSignedIn: Bool

    /// - Returns: nil where nothing was typed, or where something else is wrong.
    init?(_ layout: PageLayout, _ error: HTTPError) {
        isSignedIn = layout.session != nil
        guard layout.request.method == Method.post.rawValue, isSignedIn ? error.isStale : error.status == 401,
            let form = try? Form(layout.request)
        else { return nil }
        // A password is typed once more, and so are the secrets of a device.
        typed = form.texts.filter {
            $0.name != FormGuard.field && !$0.name.contains("password") && !$0.name.hasPrefix("secrets.")
        }
        if typed.allSatisfy(\.value.isEmpty) { return nil }
    }

    func response(in layout: PageLayout) -> Response {
        let say = { (text: Text) in text(layout.language) }
        let fields = typed.map {
            "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">\n" as HTML
        }
        let signIn: HTML? =
            isSignedIn
            ? nil
            : "<p><a class=\"button\" href=\"\(PagePath.signIn)\" target=\"_blank\">\(say(Self.signInElsewhere))</a></p>\n"
        let content: HTML = """
            <p>\(say(isSignedIn ? Self.isAnother : Self.hasEnded))</p>
            \(signIn)<form method="post" action="\(layout.address)">\(layout.formToken)
            \(fields)<p class="tools"><button\(" class=\"quiet\"", if: !isSignedIn)>\(say(Self.send))</button></p></form>
            <p class="quiet">\(say(Self.noFiles))</p>
            """
        let title = isSignedIn ? Self.notSent : Self.sessionEnded
        return HTMLPage(title: say(title), isFaulty: true, content: content).response(
            in: layout, status: isSignedIn ? 403 : 401, headers: [])
    }

    private static let sessionEnded = Text("Your session has ended", es: "Su sesión terminó")
    private static let notSent = Text("Not sent yet", es: "Todavía no se envía")
    private static let hasEnded = Text(
        "Nothing was done, and what you typed is kept on this page. Sign in in another tab, come back here and send it.",
        es:
            "No se hizo nada, y lo que escribió se conserva en esta página. Inicie sesión en otra pestaña, regrese aquí y"
            + " envíelo.")
    private static let isAnother = Text(
        "You have signed in again since this form was opened. What you typed is kept: send it now.",
        es:
            "Usted volvió a iniciar sesión después de abrir este formulario. Lo que escribió se conserva: envíelo ahora."
    )
    private static let signInElsewhere = Text("Sign in in another tab", es: "Iniciar sesión en otra pestaña")
    private static let send = Text("Send what I typed", es: "Enviar lo que escribí")
    private static let noFiles = Text(
        "Passwords and attached files have to be entered again.",
        es: "Las contraseñas y los archivos adjuntos hay que ponerlos de nuevo.")
}

extension HTTPError {
    fileprivate var isStale: Bool {
        if case .detail(_, FormGuard.staleCode?) = content { true } else { false }
    }
}
