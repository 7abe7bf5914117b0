package import Cryptography

extension TokenError {
    /// The legacy API's words, and ours in Spanish.
    package var text: Text {
        let spanish =
            switch self {
            case .invalid: "El token no es válido"
            case .expired: "El token ha vencido"
            case .wrongType: "El token es de otro tipo"
            case .noType: "El token no dice de qué tipo es"
            case .noID: "El token no tiene identificador"
            case .noExpiry: "El token no dice cuándo vence"
            case .noUser: "El token no identifica a ningún usuario"
            }
        return Text(description, es: spanish)
    }
}
