import Web

/// `GET /admin/`: today at a glance.
struct ShowHome: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response {
        page.admin(.today, "")
    }
}
