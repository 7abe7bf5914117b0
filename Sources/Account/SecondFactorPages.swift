import Cryptography
import Pages
import PostgreSQL
import Users
import Web

/// `/account/second-factor/`: whether one is in use, and what to do about it; without one, the start: a new secret, shown
/// this once.
struct SecondFactorPage: FormPage {
    init(_ request: Request) throws(HTTPError) {}

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let state = try ShowSecondFactor().perform(page.context)
        guard let since = state.confirmedAt, answer.form == nil else {
            return start(answer, isRequired: state.isRequired && answer.form == nil, page)
        }
        return page.render(
            .secondFactor,
            """
            <dl class="facts">
            <div><dt>\(page.localized(Text("In use since", es: "En uso desde")))</dt><dd>\(Day(since).html(page))</dd></div>
            <div><dt>\(page.localized(Text("Recovery codes left", es: "Códigos de recuperación sin usar")))</dt>\
            <dd>\(state.recoveryCodesLeft)</dd></div>
            </dl>
            <ul class="cards">
            <li><a href="\(AccountPath.recoveryCodes)">\(Icon.key)\(page.localized(RenewCodesPage.title))</a></li>
            <li><a href="\(AccountPath.disableFactor)">\(Icon.warning)\(page.localized(DisableFactorPage.title))</a></li>
            </ul>
            """)
    }

    private func start(_ answer: FormAnswer, isRequired: Bool, _ page: PageContext) -> Response {
        let required: HTML? =
            isRequired ? "<p class=\"notice\">\(page.localized(Self.required))</p>" : nil
        let form = PageForm(
            PagePath.secondFactor, [.ownPassword], submit: Text("Set up", es: "Configurar"), errors: answer.errors)
        return page.render(
            .secondFactor, status: answer.status,
            "\(required)<p>\(page.localized(Self.about))</p>\n\(form.html(page))")
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        ConfirmFactorPage.response(
            FormAnswer(), try StartSecondFactor(password: form.text("password")).perform(page.context), page)
    }

    private static let required = Text("Your community requires it.", es: "Su residencial lo exige.")
    private static let about = Text(
        "When you sign in you will also be asked for a code from an authenticator app on your phone."
            + " That way your password alone is of no use to anybody else.",
        es:
            "Al iniciar sesión también se le pedirá un código de una aplicación de autenticación en su"
            + " teléfono. Así, su contraseña sola no le sirve a nadie más.")
}

/// `/account/second-factor/confirm/`: the first code; from now on signing in needs one.
struct ConfirmFactorPage: FormPage {
    init(_ request: Request) throws(HTTPError) {}

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response { Self.response(answer, nil, page) }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try page.showRecoveryCodes(ConfirmSecondFactor(code: form.text("code")).perform(page.context))
    }

    /// - Parameter enrolment: nil where the picture was shown before: it is shown once.
    static func response(
        _ answer: FormAnswer, _ enrolment: SecondFactorEnrolment?, _ page: PageContext
    ) -> Response {
        let form = PageForm(
            AccountPath.confirmFactor,
            [
                FormField(
                    "code", Text("Code", es: "Código"), .code(autocomplete: "one-time-code"),
                    hint: Text(
                        "The six digits your authenticator app shows now.",
                        es: "Los seis dígitos que muestra ahora su aplicación."))
            ],
            submit: Text("Turn on", es: "Activar"), errors: answer.errors)
        let again = Text("Start over with a new QR code", es: "Comenzar de nuevo con otro código QR")
        return page.render(
            Text("Set up the second factor", es: "Configurar el segundo factor"), status: answer.status,
            """
            \(enrolment.map { picture(page, $0) })\(form.html(page))
            <p class="quiet"><a href="\(PagePath.secondFactor)">\(page.localized(again))</a></p>
            """)
    }

    private static func picture(_ page: PageContext, _ enrolment: SecondFactorEnrolment) -> HTML {
        let read = Text(
            "Scan this QR code with your authenticator app (Aegis, Google Authenticator, 1Password…). It is"
                + " shown only once.",
            es:
                "Escanee este código QR con su aplicación de autenticación"
                + " (Aegis, Google Authenticator, 1Password…). Solo se muestra esta vez.")
        let orType = Text("Or type this key into it:", es: "O escriba en ella esta clave:")
        let label = Text("QR code for the authenticator app", es: "Código QR para la aplicación")
        return """
            <p>\(page.localized(read))</p>
            \(page.qrCode(enrolment.uri, label))\
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
}

/// `/account/second-factor/recovery-codes/`: ten new ones in the place of all before.
struct RenewCodesPage: FormPage {
    static let title = Text("New recovery codes", es: "Códigos de recuperación nuevos")

    init(_ request: Request) throws(HTTPError) {}

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let about = Text(
            "Your current codes will stop working.", es: "Los códigos que tiene ahora dejarán de funcionar.")
        return page.showProof(
            answer, Self.title, about, AccountPath.recoveryCodes,
            Text("Generate new codes", es: "Generar códigos nuevos"))
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try page.showRecoveryCodes(
            RenewRecoveryCodes(password: form.text("password"), code: form.text("code")).perform(page.context))
    }
}

/// `/account/second-factor/disable/`: the password alone signs in again.
struct DisableFactorPage: FormPage {
    static let title = Text("Turn off the second factor", es: "Desactivar el segundo factor")

    init(_ request: Request) throws(HTTPError) {}

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let about = Text(
            "You will sign in with your password alone again.", es: "Volverá a entrar solo con su contraseña.")
        return page.showProof(
            answer, Self.title, about, AccountPath.disableFactor, Text("Turn off", es: "Desactivar"))
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try DisableSecondFactor(password: form.text("password"), code: form.text("code")).perform(page.context)
        let renewal = try SessionRenewal(page)
        _ = try page.context.database.run(renewal.statement)
        return page.seeOther(
            PagePath.secondFactor, notice: Text("The second factor is off.", es: "El segundo factor está desactivado."),
            headers: [renewal.cookieLine])
    }
}

extension PageContext {
    /// A form that asks for password and code once more.
    fileprivate func showProof(
        _ answer: FormAnswer, _ title: Text, _ about: Text, _ path: String, _ submit: Text
    ) -> Response {
        let form = PageForm(path, [.ownPassword, .authenticatorCode], submit: submit, errors: answer.errors)
        return render(title, status: answer.status, "<p>\(localized(about))</p>\n\(form.html(self))")
    }

    /// Shown this once; the session gets a new cookie, because what protects the account has changed.
    fileprivate func showRecoveryCodes(_ codes: [String]) throws -> Response {
        let renewal = try SessionRenewal(self)
        _ = try context.database.run(renewal.statement)
        let about = Text(
            "Print these codes or write them down, and keep them away from your phone. Each one works once"
                + " when you don't have your authenticator app. They are shown only once.",
            es:
                "Imprima o anote estos códigos y guárdelos lejos de su teléfono. Cada uno sirve una sola vez,"
                + " para entrar cuando no tenga la aplicación. Solo se muestran esta vez.")
        let done = localized(Text("I have saved them", es: "Ya los guardé"))
        return render(
            Text("Your recovery codes", es: "Sus códigos de recuperación"), headers: [renewal.cookieLine],
            """
            <p>\(localized(about))</p>
            <ul class="codes">\(codes.map { "<li><code>\($0)</code></li>" as HTML })</ul>
            <p><a class="button" href="\(PagePath.account)">\(done)</a></p>
            """)
    }
}

extension FormField {
    fileprivate static let ownPassword = FormField(
        "password", Text("Your password", es: "Su contraseña"), .password(autocomplete: "current-password"))
}

extension Text {
    fileprivate static let secondFactor = Text("Second factor", es: "Segundo factor")
}
