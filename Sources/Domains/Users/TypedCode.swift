import Cryptography
import JSON
import PostgreSQL
import Web

/// What a person types as a second factor: six digits of the authenticator, or one of the recovery codes.
struct TypedCode {
    private let text: String

    init(_ text: String) {
        self.text = text.lettersAndDigits
    }

    /// The step and the tag of a recovery code, of which the database accepts one, once; a null for what it is not.
    func parameters(_ secret: AuthenticatorSecret, _ context: Context) -> [Parameter] {
        let isDigits = text.utf8.count == 6
        let step = secret.matchedStep(for: text, now: context.now)
        return [.optionalInteger(step), isDigits ? .null : .bytes(secret.tag(ofRecoveryCode: text))]
    }

    /// 400 for a code that is not right, or no longer.
    ///
    /// - Parameter field: the name under which it is told.
    static func wrong(_ field: String = "code") -> HTTPError {
        .invalid([
            FieldError(
                field,
                Text("The code is incorrect or was already used.", es: "El código es incorrecto o ya se usó."))
        ])
    }
}

/// The secret that a code is compared with, as the database answers it after it has counted the try.
struct CountedSecret {
    let secret: AuthenticatorSecret
    /// Whether a newer key is in use than the one it is sealed with.
    let isAged: Bool

    /// The columns wait_seconds, secret_sealed, key_version.
    /// - Throws: 429 while one has to wait.
    init(_ row: Row, of user: Int64, _ context: Context) throws {
        let wait = try row.integer(0)
        guard wait == 0 else { throw HTTPError.throttled(seconds: wait) }
        let keys = context.keys.factors
        let generation = Int(try row.integer(2))
        secret = try AuthenticatorSecret(opening: row.bytes(1), of: user, generation: generation, with: keys)
        isAged = generation < keys.generation
    }
}
