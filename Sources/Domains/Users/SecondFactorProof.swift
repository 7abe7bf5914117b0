import OpenAPI
import Web

/// What a client proves its account with once more before it changes its second factor: password and code.
struct SecondFactorProof {
    struct Body: RequestBody {
        let password = BodyField.ownPassword
        let code = BodyField.secondFactorCode
    }

    static let body = Body()
    let password: String
    let code: String

    init(_ request: Request) throws(HTTPError) {
        var fields = try FieldReader(request)
        password = fields.read(Self.body.password)
        code = fields.read(Self.body.code)
        try fields.finish()
    }
}
