import Pages
import Web

/// `/p/{token}/`: the pass; reading it redeems nothing.
struct ShowPass: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response { throw HTTPError.notFound() }
}
