import Cryptography
import Pages
import PostgreSQL
import QRCode
import Users
import Web

/// `GET /account/second-factor/`: whether one is in use, and what to do about it.
struct ShowFactor: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response {
        let state = try SecondFactor(page.context).state()
        guard let since = state.confirmedAt else { return FactorForms.start(page, isRequired: state.isRequired) }
        let title = Text("Second factor", es: "Segundo factor")
        return page.render(
            title,
            """
            <dl class="facts">
            <div><dt>\(page.localized(Text("In use since", es: "En uso desde")))</dt><dd><time>\(since.prefix(10))</time></dd></div>
            <div><dt>\(page.localized(Text("Recovery codes left", es: "Códigos de recuperación sin usar")))</dt>\
            <dd>\(state.recoveryCodesLeft)</dd></div>
            </dl>
            <ul class="cards">
            <li><a href="\(AccountPath.recoveryCodes)">\(Icon.key)\(page.localized(FactorForms.newCodes))</a></li>
            <li><a href="\(AccountPath.disableFactor)">\(Icon.warning)\(page.localized(FactorForms.turnOff))</a></li>
            </ul>
            """)
    }
}

/// `POST /account/second-factor/`: a new secret, shown this once.
struct StartFactor: PageHandler {
    private let password: String

    init(_ request: Request) throws(HTTPError) {
        password = try Form(request).text("password")
    }

    func respond(_ page: PageContext) throws -> Response {
        do {
            return FactorForms.confirm(page, try SecondFactor(page.context).start(password: password))
        } catch let error as HTTPError {
            guard let faults = error.formFaults else { throw error }
            return FactorForms.start(page, errors: faults, status: error.status)
        }
    }
}

/// `GET /account/second-factor/confirm/`: for who has read the picture already.
struct ShowConfirmFactor: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response { FactorForms.confirm(page, nil) }
}

/// `POST /account/second-factor/confirm/`: the first code; from now on signing in needs one.
struct ConfirmFactor: PageHandler {
    private let code: String

    init(_ request: Request) throws(HTTPError) {
        code = try Form(request).text("code")
    }

    func respond(_ page: PageContext) throws -> Response {
        do {
            let codes = try SecondFactor(page.context).confirm(code: code)
            return try FactorForms.recoveryCodes(page, codes)
        } catch let error as HTTPError {
            guard let faults = error.formFaults else { throw error }
            return FactorForms.confirm(page, nil, errors: faults, status: error.status)
        }
    }
}

/// `GET /account/second-factor/recovery-codes/`: the form for new ones.
struct ShowRenewCodes: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response { FactorForms.renew(page) }
}

/// `POST /account/second-factor/recovery-codes/`: ten new ones in the place of all before.
struct RenewCodes: PageHandler {
    private let proof: PasswordAndCode

    init(_ request: Request) throws(HTTPError) { proof = try PasswordAndCode(request) }

    func respond(_ page: PageContext) throws -> Response {
        do {
            let codes = try SecondFactor(page.context).renewRecoveryCodes(password: proof.password, code: proof.code)
            return try FactorForms.recoveryCodes(page, codes)
        } catch let error as HTTPError {
            guard let faults = error.formFaults else { throw error }
            return FactorForms.renew(page, errors: faults, status: error.status)
        }
    }
}

/// `GET /account/second-factor/disable/`: asks before it is taken away.
struct ShowDisableFactor: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response { FactorForms.disable(page) }
}

/// `POST /account/second-factor/disable/`: the password alone signs in again.
struct DisableFactor: PageHandler {
    private let proof: PasswordAndCode

    init(_ request: Request) throws(HTTPError) { proof = try PasswordAndCode(request) }

    func respond(_ page: PageContext) throws -> Response {
        do {
            try SecondFactor(page.context).disable(password: proof.password, code: proof.code)
            let renewal = try SessionRenewal(page)
            _ = try page.context.database.run(renewal.statement)
            return page.seeOther(
                PagePath.secondFactor,
                notice: Text("The second factor is off.", es: "El segundo factor está desactivado."),
                headers: [renewal.cookieLine])
        } catch let error as HTTPError {
            guard let faults = error.formFaults else { throw error }
            return FactorForms.disable(page, errors: faults, status: error.status)
        }
    }
}

/// The forms of these pages.
private enum FactorForms {
    static let newCodes = Text("New recovery codes", es: "Códigos de recuperación nuevos")
    static let turnOff = Text("Turn the second factor off", es: "Desactivar el segundo factor")
    private static let password = PageField(
        "password", Text("Your password", es: "Su contraseña"), .password, autocomplete: "current-password")

    static func start(
        _ page: PageContext, isRequired: Bool = false, errors: [FieldError] = [], status: Int = 200
    ) -> Response {
        let about = Text(
            "When you sign in, a code from an authenticator on your phone is asked for as well. Somebody who learns your "
                + "password can then do nothing with it.",
            es:
                "Al entrar se le pedirá también un código de una aplicación de autenticación en su teléfono. Así, quien "
                + "averigüe su contraseña no podrá hacer nada con ella.")
        let required: HTML? =
            isRequired
            ? "<p class=\"notice\">\(page.localized(Text("Your residence requires it.", es: "Su residencial lo exige.")))</p>"
            : nil
        let form = PageForm(
            PagePath.secondFactor, [password], submit: Text("Set it up", es: "Configurarlo"), errors: errors)
        return page.render(
            Text("Second factor", es: "Segundo factor"), status: status,
            "\(required)<p>\(page.localized(about))</p>\n\(form.html(page))")
    }

    /// - Parameter enrolment: nil where the picture was shown before: it is shown once.
    static func confirm(
        _ page: PageContext, _ enrolment: SecondFactor.Enrolment?, errors: [FieldError] = [], status: Int = 200
    ) -> Response {
        let form = PageForm(
            AccountPath.confirmFactor,
            [
                PageField(
                    "code", Text("Code", es: "Código"), .code, autocomplete: "one-time-code",
                    hint: Text(
                        "The six digits your authenticator shows now.",
                        es: "Las seis cifras que muestra ahora su aplicación."))
            ],
            submit: Text("Turn it on", es: "Activarlo"), errors: errors)
        let again = Text("Start again with a new picture", es: "Comenzar de nuevo con otra imagen")
        return page.render(
            Text("Set up the second factor", es: "Configurar el segundo factor"), status: status,
            """
            \(enrolment.map { picture(page, $0) })\(form.html(page))
            <p class="quiet"><a href="\(PagePath.secondFactor)">\(page.localized(again))</a></p>
            """)
    }

    private static func picture(_ page: PageContext, _ enrolment: SecondFactor.Enrolment) -> HTML {
        let read = Text(
            "Read this picture with your authenticator (Aegis, Google Authenticator, 1Password …). It is shown this once.",
            es:
                "Lea esta imagen con su aplicación de autenticación (Aegis, Google Authenticator, 1Password …). Solo se "
                + "muestra esta vez.")
        let orType = Text("Or type these letters into it:", es: "O escriba en ella estas letras:")
        // A drawing of ours: digits and letters of a path.
        let drawing = (try? enrolment.picture).map { HTML(unescaped: $0.svg()) }
        let label = page.localized(Text("Picture for the authenticator", es: "Imagen para la aplicación"))
        return """
            <p>\(page.localized(read))</p>
            <div class="qr" role="img" aria-label="\(label)">\(drawing)</div>
            <p>\(page.localized(orType))<br><code class="long">\(groups(of: enrolment.secret.base32))</code></p>

            """
    }

    /// Four letters at a time are easier to copy.
    private static func groups(of letters: String) -> String {
        var grouped = ""
        for (index, letter) in letters.enumerated() {
            if index > 0, index % 4 == 0 { grouped += " " }
            grouped.append(letter)
        }
        return grouped
    }

    static func renew(_ page: PageContext, errors: [FieldError] = [], status: Int = 200) -> Response {
        let form = PageForm(
            AccountPath.recoveryCodes, [password, .authenticatorCode],
            submit: Text("Make new codes", es: "Generar códigos"), errors: errors)
        let about = Text("The codes you have now will open nothing.", es: "Los códigos que tiene dejarán de servir.")
        return page.render(newCodes, status: status, "<p>\(page.localized(about))</p>\n\(form.html(page))")
    }

    static func disable(_ page: PageContext, errors: [FieldError] = [], status: Int = 200) -> Response {
        let form = PageForm(
            AccountPath.disableFactor, [password, .authenticatorCode], submit: Text("Turn it off", es: "Desactivarlo"),
            errors: errors)
        let about = Text(
            "Your password alone will open your account again.", es: "Su contraseña sola volverá a abrir su cuenta.")
        return page.render(turnOff, status: status, "<p>\(page.localized(about))</p>\n\(form.html(page))")
    }

    /// Shown this once; the session gets a new cookie, because what protects the account has changed.
    static func recoveryCodes(_ page: PageContext, _ codes: [String]) throws -> Response {
        let renewal = try SessionRenewal(page)
        _ = try page.context.database.run(renewal.statement)
        let about = Text(
            "Print these codes or write them down, and keep them away from your phone. Each opens your account once when "
                + "you have no authenticator. They are shown this once.",
            es:
                "Imprima o anote estos códigos y guárdelos lejos de su teléfono. Cada uno abre su cuenta una vez cuando no "
                + "tenga la aplicación. Solo se muestran esta vez.")
        let done = page.localized(Text("I have kept them", es: "Ya los guardé"))
        return page.render(
            Text("Your recovery codes", es: "Sus códigos de recuperación"), headers: [renewal.cookieLine],
            """
            <p>\(page.localized(about))</p>
            <ul class="codes">\(codes.map { "<li><code>\($0)</code></li>" as HTML })</ul>
            <p><a class="button" href="\(PagePath.account)">\(done)</a></p>
            """)
    }
}

/// What a form proves an account with once more.
private struct PasswordAndCode {
    let password: String
    let code: String

    init(_ request: Request) throws(HTTPError) {
        let form = try Form(request)
        password = form.text("password")
        code = form.text("code")
    }
}
