import Pages
import Vocabulary
package import Web

/// Where people sign in and out and keep their own account.
///
/// Whatever hashes a password is a POST, which nginx sends to the auth pool (nginx/snippets/garita-locations.conf).
package let accountPages: [Route] = [
    .page(.get, PagePath.account, for: .signedIn, ShowAccount.self)
        .inNavigation(Text("My account", es: "Mi cuenta")),
    .page(.get, PagePath.signIn, for: .anyone, ShowSignIn.self),
    .page(.post, PagePath.signIn, for: .anyone, SubmitSignIn.self),
    .page(.get, AccountPath.code, for: .anyone, ShowSignInCode.self),
    .page(.post, AccountPath.code, for: .anyone, SubmitSignInCode.self),
    .page(.post, PagePath.signOut, for: .signedIn, SubmitSignOut.self),
    .page(.get, AccountPath.password, for: .signedIn, ShowPassword.self),
    .page(.post, AccountPath.password, for: .signedIn, SubmitPassword.self),
    .page(.get, AccountPath.newPassword, for: .anyone, ShowNewPassword.self),
    .page(.post, AccountPath.newPassword, for: .anyone, SubmitNewPassword.self),
    .page(.get, AccountPath.sessions, for: .signedIn, ShowSessions.self),
    .page(.post, AccountPath.sessions, for: .signedIn, SubmitSessions.self),
    .page(.get, PagePath.secondFactor, for: .signedIn, ShowFactor.self),
    .page(.post, PagePath.secondFactor, for: .signedIn, StartFactor.self),
    .page(.get, AccountPath.confirmFactor, for: .signedIn, ShowConfirmFactor.self),
    .page(.post, AccountPath.confirmFactor, for: .signedIn, ConfirmFactor.self),
    .page(.get, AccountPath.recoveryCodes, for: .signedIn, ShowRenewCodes.self),
    .page(.post, AccountPath.recoveryCodes, for: .signedIn, RenewCodes.self),
    .page(.get, AccountPath.disableFactor, for: .signedIn, ShowDisableFactor.self),
    .page(.post, AccountPath.disableFactor, for: .signedIn, DisableFactor.self),
    .page(.post, PagePath.language, for: .signedIn, SubmitLanguage.self),
]

/// The paths of this room.
enum AccountPath {
    static let password = "/account/password/"
    static let newPassword = "/account/new-password/"
    static let code = "/account/sign-in/code/"
    static let confirmFactor = "/account/second-factor/confirm/"
    static let recoveryCodes = "/account/second-factor/recovery-codes/"
    static let disableFactor = "/account/second-factor/disable/"
    static let sessions = "/account/sessions/"
}
