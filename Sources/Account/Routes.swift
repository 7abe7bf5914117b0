import Pages
import Vocabulary
package import Web

/// Where people sign in and out and keep their own account.
///
/// Whatever hashes a password is a POST, which nginx sends to the auth pool (nginx/snippets/garita-locations.conf).
package let accountPages: [Route] =
    [
        .page(.get, PagePath.account, for: .signedIn, ShowAccount.self)
            .inNavigation(Text("My account", es: "Mi cuenta")),
        .page(.post, PagePath.signOut, for: .signedIn, SignOutPage.self),
        .page(.get, AccountPath.sessions, for: .signedIn, ShowSessions.self),
        .page(.post, AccountPath.sessions, for: .signedIn, EndOwnSessions.self),
        .page(.post, PagePath.language, for: .anyone, ChooseLanguage.self),
    ]
    + Route.form(PagePath.signIn, for: .anyone, SignInPage.init)
    + Route.form(AccountPath.code, for: .anyone, SignInCodePage.init)
    + Route.form(AccountPath.password, for: .signedIn, OwnPasswordPage.init)
    + Route.form(PagePath.newPassword, for: .anyone, NewPasswordPage.init)
    + Route.form(PagePath.secondFactor, for: .signedIn, SecondFactorPage.init)
    + Route.form(AccountPath.confirmFactor, for: .signedIn, ConfirmFactorPage.init)
    + Route.form(AccountPath.recoveryCodes, for: .signedIn, RenewCodesPage.init)
    + Route.form(AccountPath.disableFactor, for: .signedIn, DisableFactorPage.init)

/// The paths of this room.
enum AccountPath {
    static let password = "/account/password/"
    static let code = "/account/sign-in/code/"
    static let confirmFactor = "/account/second-factor/confirm/"
    static let recoveryCodes = "/account/second-factor/recovery-codes/"
    static let disableFactor = "/account/second-factor/disable/"
    static let sessions = "/account/sessions/"
}
