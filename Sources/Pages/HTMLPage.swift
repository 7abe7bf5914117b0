import Cryptography
package import Web

/// A page with everything around it.
struct HTMLPage {
    let title: String
    /// Says in the title of the window that something went wrong; what is over (410) is no fault.
    let isFaulty: Bool
    let content: HTML
    /// What stands beside a page that needs room; nil for a narrow one.
    var beside: HTML?
    /// What stands above the heading.
    var above: HTML?
    /// A script of web/static/ beside that of all pages; nil for none.
    var module: String?
    /// What else stands in its head.
    var head: HTML?

    func response(in layout: PageLayout, status: Int, headers: [Header]) -> Response {
        var headers = headers
        if layout.isCookieNew, layout.session == nil {
            headers.append(PageCookie.session.line(layout.cookie, for: layout.request))
        }
        if layout.notice != nil { headers.append(PageCookie.notice.removal(for: layout.request)) }
        return .html(html(in: layout), status: status, headers: headers)
    }

    private func html(in layout: PageLayout) -> HTML {
        let say = { (text: Text) in text(layout.language) }
        let fault: HTML? = isFaulty ? "\(say(.errorPrefix)) " : nil
        return """
            <!doctype html>
            <html lang="\(layout.language.code)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="theme-color" content="#f7f7f4" media="(prefers-color-scheme: light)">
            <meta name="theme-color" content="#12161b" media="(prefers-color-scheme: dark)">
            <title>\(fault)\(title) · Garita</title>
            <link rel="icon" href="\(layout.assets.path("icon.svg"))">
            <link rel="apple-touch-icon" href="/static/icon-192.png">
            <link rel="manifest" href="/manifest.webmanifest">
            <link rel="stylesheet" href="\(layout.assets.path("garita.css"))">
            <script type="module" src="\(layout.assets.path("garita.js"))"></script>
            \(module.map { "<script type=\"module\" src=\"\(layout.assets.path($0))\"></script>\n" as HTML })\(head)</head>
            <body>
            <a class="skip" href="#main">\(say(.skip))</a>
            \(header(layout))
            \(body(layout))
            \(footer(layout))
            </body>
            </html>

            """
    }

    private func body(_ layout: PageLayout) -> HTML {
        let main: HTML = """
            <main id="main" tabindex="-1">
            \(layout.session?.emergency?.html(layout.language))\(above)\(notice(layout))<h1>\(title)</h1>
            \(content)
            </main>
            """
        return beside.map { "<div class=\"desk\">\n\($0)\n\(main)\n</div>" } ?? main
    }

    private func notice(_ layout: PageLayout) -> HTML? {
        layout.notice.map { "<p class=\"notice\" role=\"status\">\(Icon.done)\($0)</p>\n" }
    }

    private func header(_ layout: PageLayout) -> HTML {
        guard let session = layout.session else {
            let start = layout.siteName == nil ? "/" : "\(layout.cookie)/"
            let name = layout.siteName ?? "Garita"
            return "<header class=\"bar\"><a class=\"brand\" href=\"\(start)\">\(Icon.gate)\(name)</a></header>"
        }
        let items = layout.navigation.filter { $0.access.admits(session.caller.role) }.map { item -> HTML in
            let isHere = layout.request.path.hasPrefix(item.path)
            return
                "<li><a href=\"\(item.path)\"\(" aria-current=\"true\"", if: isHere)>\(item.label(layout.language))</a></li>"
        }
        let site: HTML? =
            session.hasSeveralSites
            ? "<a href=\"\(PagePath.site)\">\(Text.otherSite(layout.language))</a>"
            : nil
        return """
            <header class="bar"><a class="brand" href="\(layout.home(of: session.caller.role))">\(Icon.gate)\(session.siteName)</a>
            <nav aria-label="\(Text.pages(layout.language))"><ul>\(items)</ul></nav>
            <form class="who" method="post" action="\(PagePath.signOut)">\(layout.formToken)\
            \(site)<span>\(session.displayName)</span><button class="plain">\(Icon.leave)\(Text.signOut(layout.language))</button>\
            </form></header>
            """
    }

    private func footer(_ layout: PageLayout) -> HTML {
        let other: Language = layout.language == .spanish ? .english : .spanish
        return """
            <footer class="foot"><span>Garita</span>
            <form method="post" action="\(layout.languagePath)">\(layout.formToken)\
            <input type="hidden" name="next" value="\(PagePath.local(layout.address) ?? layout.request.path)">\
            <button class="plain" name="language" value="\(other.code)" lang="\(other.code)">\(other.name)</button></form></footer>
            """
    }
}

extension PageLayout {
    /// The line that leaves a sentence for the next page.
    static func line(_ notice: String, for request: Request) -> Header {
        PageCookie.notice.line(Base64URL.encode(notice.utf8.prefix(600)), for: request)
    }

    /// What went wrong, as a page.
    func refusal(_ error: HTTPError) -> Response {
        if let kept = KeptForm(self, error) { return kept.response(in: self) }
        if error.status == 401 {
            let wasReading = request.method == Method.get.rawValue
            return Response(
                303, headers: [Header.location(PagePath.signIn(then: wasReading ? address : PagePath.account))])
        }
        if case .detail(let text, code: "second_factor_enrolment"?) = error.content {
            return Response(
                303, headers: [Header.location(PagePath.secondFactor), Self.line(text(language), for: request)])
        }
        let said = error.status == 404 ? [Text.nothingHere] : error.sentences
        let sentences = said.map { "<p>\($0(language))</p>" as HTML }
        // Who was sent a link has no account, and no home among these pages.
        let back: HTML? =
            isOpenedByLink
            ? nil
            : "<p><a class=\"button\" href=\"\(session.map { home(of: $0.caller.role) } ?? PagePath.signIn)\">\(Text.home(language))</a></p>"
        let id: HTML? =
            error.status >= 500 ? "<p class=\"quiet\">\(Text.requestID(language)) <code>\(request.id)</code></p>" : nil
        let content: HTML = """
            \(sentences)\(id)
            \(back)
            """
        let headers = error.headers.filter { $0.name != "WWW-Authenticate" }
        return HTMLPage(title: error.title(language), isFaulty: true, content: content).response(
            in: self, status: error.status, headers: headers)
    }

    /// Path and query, as a link to come back to.
    var address: String {
        request.query.isEmpty ? request.path : "\(request.path)?\(QueryItem.encode(request.query))"
    }
}

extension HTTPError {
    fileprivate func title(_ language: Language) -> String {
        let title =
            switch status {
            case 403: Text("Not allowed", es: "No permitido")
            case 404: Text("Page not found", es: "Página no encontrada")
            case 429: Text("Too many attempts", es: "Demasiados intentos")
            case 503: Text("Not available right now", es: "No disponible por el momento")
            case 500...: Text("Something went wrong", es: "Algo salió mal")
            default: Text("That did not work", es: "No se pudo")
            }
        return title(language)
    }
}

extension Text {
    static let errorPrefix = Text("Error:", es: "Error:")
    static let skip = Text("Skip to the content", es: "Ir al contenido")
    static let otherSite = Text("Switch community", es: "Cambiar de residencial")
    static let pages = Text("Pages", es: "Páginas")
    /// Ends one's session.
    package static let signOut = Text("Sign out", es: "Salir")
    static let requestID = Text("Request number (for support):", es: "Número de solicitud (para soporte):")
    static let nothingHere = Text(
        "This page does not exist, or you don't have access to it.",
        es: "Esta página no existe, o usted no tiene acceso a ella.")
    static let home = Text("Go to home page", es: "Ir al inicio")
}
