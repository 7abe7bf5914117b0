package import Web

/// One page: its stored properties are its parsed input.
///
/// As `Handler`, but what goes wrong is shown as a page, and who looks at it is known by a cookie.
package protocol PageHandler: SendableMetatype {
    /// - Throws: 4xx when the request cannot be honoured.
    init(_ request: Request) throws(HTTPError)

    /// - Throws: `HTTPError`, or `DatabaseError`, which `HTTPError.init(_:)` turns into a page.
    func respond(_ page: PageContext) throws -> Response
}

/// What a page works with.
package struct PageContext {
    /// The database, the keys and the request, as for any handler.
    package let context: Context
    /// What surrounds the content, and who looks at it.
    package let layout: PageLayout

    /// The same page for somebody whose browser asks for no language of ours and who has chosen none.
    ///
    /// - Parameter code: of the language, such as that of the residence.
    package func speaking(_ code: String) -> PageContext {
        PageContext(context: context, layout: Language(code: code).map(layout.speaking) ?? layout)
    }

    /// The same page, opened by a link, under the name of a residence.
    package func at(_ siteName: String) -> PageContext {
        var layout = layout
        layout.siteName = siteName
        return PageContext(context: context, layout: layout)
    }

    /// The sentence in the language of who reads it.
    package func localized(_ text: Text) -> String { text(layout.language) }

    /// The path of a file of web/static/ that not every installation has; nil where it is missing.
    package func asset(_ name: String) -> String? { layout.assets.pathIfPresent(name) }

    /// The page around a content.
    package func render(_ title: Text, status: Int = 200, headers: [Header] = [], _ content: HTML) -> Response {
        render(localized(title), status: status, headers: headers, content)
    }

    /// The page around a content.
    ///
    /// - Parameters:
    ///   - title: such as the name of somebody.
    ///   - beside: a menu that stands beside a page that needs room.
    ///   - above: what stands above the heading.
    ///   - module: a script of web/static/ that this page has beside that of all pages.
    ///   - head: what else programs are told of the page.
    package func render(
        _ title: String, status: Int = 200, headers: [Header] = [], beside: HTML? = nil, above: HTML? = nil,
        module: String? = nil, head: HTML? = nil, _ content: HTML
    ) -> Response {
        HTMLPage(
            title: title, isFaulty: status >= 400 && status != 410, content: content, beside: beside, above: above,
            module: module,
            head: head
        ).response(in: layout, status: status, headers: headers)
    }

    /// A script of web/static/ that a part of a page brings along.
    package func script(_ name: String) -> HTML {
        "<script type=\"module\" src=\"\(layout.assets.path(name))\"></script>\n"
    }

    /// 303: after a form has done its work, so that reloading does not do it again.
    ///
    /// - Parameter notice: a sentence the next page shows once.
    package func seeOther(_ path: String, notice: Text? = nil, headers: [Header] = []) -> Response {
        var headers = [Header.location(path)] + headers
        if let notice { headers.append(PageLayout.line(localized(notice), for: layout.request)) }
        return Response(303, headers: headers)
    }
}

extension Route {
    /// A row whose handler answers with pages.
    package static func page(
        _ method: Method, _ path: String, for access: Access, _ handler: any PageHandler.Type
    ) -> Route {
        page(method, path, for: access, named: "\(handler)") { request throws(HTTPError) in
            try handler.init(request).respond
        }
    }

    /// A row whose pages are made by a closure: the declared tables' way.
    package static func page(
        _ method: Method, _ path: String, for access: Access, named name: String,
        _ prepare: @escaping @Sendable (Request) throws(HTTPError) -> (PageContext) throws -> Response
    ) -> Route {
        Route(method, path, for: access, named: name) { request throws(HTTPError) in
            let answer = try prepare(request)
            return { context in
                guard let scope = context.scope as? PageScope else { throw HTTPError.internalError }
                return try answer(PageContext(context: context, layout: scope.layout))
            }
        }.with(PageNote())
    }

    /// The same page, for whoever has its address (`/room/{token}/…`): it gives no cookie and is the same for everybody,
    /// and its forms are bound to the address.
    package func openedByLink() -> Route { with(PageNote(isOpenedByLink: true)) }

    /// The same page, with a place in the header of all pages.
    package func inNavigation(_ label: Text) -> Route {
        with(PageNote(navigationLabel: label))
    }
}
