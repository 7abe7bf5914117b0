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
    /// The value of the session's cookie that the forms of this page are bound to; of a page opened by a link, its address.
    package let cookie: String
    /// Whether the browser still has to get it.
    let isCookieNew: Bool
    /// Whether who has the address may see the page: then there is no session, and no cookie.
    let isOpenedByLink: Bool
    let navigation: [NavigationItem]
    let assets: Assets
    let keys: AccountKeys
    /// The residence whose page it is, of a page opened by a link; nil for none.
    var siteName: String?

    /// One of the places that the header leads to.
    struct NavigationItem: Sendable {
        let path: String
        let label: Text
        let access: Access
    }

    /// The layout for somebody who has not signed in (yet).
    init(
        _ request: Request, navigation: [NavigationItem], assets: Assets, keys: AccountKeys,
        isOpenedByLink: Bool = false
    ) {
        self.init(
            request, session: nil, navigation: navigation, assets: assets, keys: keys, isOpenedByLink: isOpenedByLink)
    }

    /// The same page for whoever the session says; a page opened by a link is the same for everybody.
    func with(_ session: PageSession?) -> PageLayout {
        isOpenedByLink
            ? self
            : PageLayout(
                request, session: session, navigation: navigation, assets: assets, keys: keys, isOpenedByLink: false)
    }

    /// The same page for somebody whose browser asks for no language of ours and who has chosen none.
    func speaking(_ language: Language) -> PageLayout {
        let isAsked = PageCookie.language.value(in: request) != nil || request.parameters["HTTP_ACCEPT_LANGUAGE"] != nil
        return isAsked
            ? self
            : PageLayout(
                request, session: session, navigation: navigation, assets: assets, keys: keys,
                isOpenedByLink: isOpenedByLink, fallback: language)
    }

    private init(
        _ request: Request, session: PageSession?, navigation: [NavigationItem], assets: Assets, keys: AccountKeys,
        isOpenedByLink: Bool, fallback: Language? = nil
    ) {
        let brought = isOpenedByLink ? Self.link(in: request) : Self.cookie(in: request)
        self.request = request
        self.isOpenedByLink = isOpenedByLink
        self.session = session
        self.navigation = navigation
        self.assets = assets
        self.keys = keys
        let chosen = PageCookie.language.value(in: request).flatMap(Language.init(code:))
        language = session?.language ?? chosen ?? fallback ?? request.language
        cookie = brought ?? PageCookie.random()
        isCookieNew = brought == nil
    }

    static func cookie(in request: Request) -> String? {
        PageCookie.session.value(in: request).flatMap { PageCookie.isWellFormed($0) ? $0 : nil }
    }

    /// `/p/TOKEN`: room and token of a page opened by a link.
    private static func link(in request: Request) -> String {
        "/" + request.path.split(separator: "/").prefix(2).joined(separator: "/")
    }

    /// The hidden field every form begins with.
    package var formToken: HTML { Self.field(FormGuard.token(for: cookie, keys)) }

    /// The same for a form that a page opened by a link sends to a page of whoever is signed in; nil for nobody.
    package var sessionToken: HTML? {
        Self.cookie(in: request).map { Self.field(FormGuard.token(for: $0, keys)) }
    }

    private static func field(_ token: String) -> HTML {
        "<input type=\"hidden\" name=\"\(FormGuard.field)\" value=\"\(token)\">"
    }

    /// What a form that changes something must be bound to; nil when the request brought nothing.
    var bond: String? { isOpenedByLink ? cookie : Self.cookie(in: request) }

    /// Where the language is chosen: a page opened by a link has no session whose page could be asked.
    var languagePath: String { isOpenedByLink ? "\(cookie)/language/" : PagePath.language }

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
