import JSON
import Web

/// `GET /api/schema/`: what the API is, in OpenAPI 3.1, drawn from the route table.
struct ShowSchema: Handler {
    static let documentation = Documentation(
        Text("This document", es: "Este documento"), answers: [.ok(.plain([.init(name: "type", value: "object")]))])

    init(_ request: Request) throws(HTTPError) {}

    func respond(_ context: Context) throws -> Response {
        Response(200, headers: [Header("Content-Type", "application/json")], body: Self.body(context.request.language))
    }

    private static func body(_ language: Language) -> [UInt8] {
        language == .spanish ? spanish : english
    }

    // Written once in a worker's life, when somebody asks.
    private static let english = apiDocument.json(.english).serialized()
    private static let spanish = apiDocument.json(.spanish).serialized()
}

let schemaRoutes: [Route] = [
    .get("/api/schema/", for: .anyone, ShowSchema.self)
]
