import Cryptography
package import Web

/// What surrounds the content of a page: who looks at it, in which language, where else there is to go.
package struct PageLayout: Sendable {
    /// The request that the page answers.
    package let request: Request
    /// What the person chose, with the account or before signing in, else what the browser asks for.
    package let language: Language
    /// Nil before signing in.
    package let session: PageSession?
    /// The value of the session's cookie that the forms of this page are bound to.
    package let cookie: String
    /// Whether the browser still has to get it.
    let isCookieNew: Bool
    let navigation: [NavigationItem]
    let assets: Assets
    let keys: AccountKeys

    /// One of the places that the header leads to.
    struct NavigationItem: Sendable {
        let path: String
        let label: Text
        let access: Access
    }

    /// The layout for somebody who has not signed in (yet).
    init(_ request: Request, navigation: [NavigationItem], assets: Assets, keys: AccountKeys) {
        self.init(request, session: nil, navigation: navigation, assets: assets, keys: keys)
    }

    /// The same page for whoever the session says.
    func with(_ session: PageSession?) -> PageLayout {
        PageLayout(request, session: session, navigation: navigation, assets: assets, keys: keys)
    }

    private init(
        _ request: Request, session: PageSession?, navigation: [NavigationItem], assets: Assets, keys: AccountKeys
    ) {
        let brought = Self.cookie(in: request)
        self.request = request
        self.session = session
        self.navigation = navigation
        self.assets = assets
        self.keys = keys
        let chosen = PageCookie.language.value(in: request).flatMap(Language.init(code:))
        language = session?.language ?? chosen ?? request.language
        cookie = brought ?? PageCookie.random()
        isCookieNew = brought == nil
    }

    static func cookie(in request: Request) -> String? {
        PageCookie.session.value(in: request).flatMap { PageCookie.isWellFormed($0) ? $0 : nil }
    }

    /// The hidden field every form begins with.
    package var formToken: HTML {
        "<input type=\"hidden\" name=\"\(FormGuard.field)\" value=\"\(FormGuard.token(for: cookie, keys))\">"
    }

    /// Where somebody of that role begins: of the places in the header the last, after those that everybody has.
    package func home(of role: Role) -> String {
        navigation.last { $0.access.admits(role) }?.path ?? PagePath.account
    }

    /// The sentence the page before left for this one.
    var notice: String? {
        PageCookie.notice.value(in: request).flatMap { Base64URL.decode($0) }
            .flatMap { String(validating: $0, as: UTF8.self) }
    }
}
