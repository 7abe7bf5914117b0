import OpenAPI
import Web

/// The body of an endpoint that takes one token, under a name of its own.
struct TokenBody: RequestBody {
    private let field: BodyField<String>

    init(_ name: String, _ about: Text) {
        field = .text(name, maximum: 4096, about, example: "eyJhbGciOiJIUzI1NiJ9.e30.c2ln", isSecret: true)
    }

    /// The token as it was sent.
    /// - Throws: 400 when there is none, or it is longer than any of ours.
    func token(of request: Request) throws(HTTPError) -> String {
        var fields = try FieldReader(request)
        let token = fields.read(field)
        try fields.finish()
        return token
    }
}
