import JSON
import OpenAPI
import Pages
import Web

/// `GET /api/schema/`: what the API is, in OpenAPI 3.1, drawn from the route table.
struct ShowSchema: Endpoint {
    static let documentation = Documentation(
        Text("This document", es: "Este documento"), answers: [.ok(.plain([.init(name: "type", value: "object")]))])

    init(_ request: Request) throws(HTTPError) {}

    func respond(_ context: Context) throws -> Response {
        // A client may keep a copy, and asks before each use whether its ETag is still the current one.
        let headers = [Header("Content-Type", "application/json"), Header("Cache-Control", "no-cache")]
        return Response(200, headers: headers, body: Self.body(context.request.language))
    }

    private static func body(_ language: Language) -> [UInt8] {
        language == .spanish ? spanish : english
    }

    // Serialized at the first request, once per worker.
    private static let english = apiDocument.json(.english).serialized()
    private static let spanish = apiDocument.json(.spanish).serialized()
}

/// `GET /api/docs/`: the same document as a page.
struct ShowDocs: Endpoint {
    static let documentation = Documentation(
        Text("This document, for people", es: "Este documento, para personas"),
        answers: [.file("text/html", Text("A page.", es: "Una página."))])

    init(_ request: Request) throws(HTTPError) {}

    func respond(_ context: Context) throws -> Response {
        .html(
            context.request.language == .spanish ? Self.spanish : Self.english,
            headers: [Header("Cache-Control", "no-cache")])
    }

    private static let english = APIPage(apiDocument, .english).html
    private static let spanish = APIPage(apiDocument, .spanish).html
}

let schemaRoutes: [Route] = [
    .get("/api/schema/", for: .anyone, ShowSchema.self),
    .get("/api/docs/", for: .anyone, ShowDocs.self),
]
