import OpenAPI
import Web

/// The body of an endpoint that takes one token, under a name of its own.
struct TokenBody: RequestBody {
    let token: BodyField<String>

    init(_ name: String, _ about: Text) {
        token = .text(name, maximum: 4096, about, example: "eyJhbGciOiJIUzI1NiJ9.e30.c2ln", isSecret: true)
    }
}
