import Cryptography
import JSON
import Web

/// What a request that changes something must show, besides the cookie: that a page of ours sent it.
///
/// Twice, and each alone would do: where the browser says the request came from, and a token that only a page made for
/// this browser holds (OWASP, "Cross-Site Request Forgery Prevention").
enum FormGuard {
    static let field = "form_token"
    /// Tells a token of another session from a request of another site.
    static let staleCode = "stale_form"

    /// - Throws: 403 unless the browser says that the request came from this very origin.
    static func checkOrigin(_ request: Request) throws(HTTPError) {
        if let site = request.parameters["HTTP_SEC_FETCH_SITE"] {
            guard site == "same-origin" else { throw foreign }
        } else {
            guard let origin = request.parameters["HTTP_ORIGIN"], origin == request.origin else { throw foreign }
        }
    }

    /// - Throws: 403 unless the form holds a token made for this cookie.
    static func checkToken(_ request: Request, _ cookie: String?, _ keys: AccountKeys) throws(HTTPError) {
        guard let cookie, case .json(.string(let token))? = try Form(request)[field] else { throw stale }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let code = Base64URL.decode(parts[1]),
            keys.isTag(code, .pageForm, "\(parts[0])|\(cookie)")
        else { throw stale }
    }

    /// A token for the forms of one answer; another each time, so that compressing pages does not give it away (BREACH).
    static func token(for cookie: String, _ keys: AccountKeys) -> String {
        let nonce = Base64URL.encode(RandomBytes.make(count: 12))
        return "\(nonce).\(Base64URL.encode(keys.tag(.pageForm, "\(nonce)|\(cookie)")))"
    }

    private static let foreign = HTTPError(
        403,
        Text(
            "This request did not come from a page of this site, so nothing was done. Open the page again"
                + " and retry.",
            es: "Esta solicitud no vino de una página de este sitio, así que no se hizo nada. Abra de nuevo la"
                + " página e intente otra vez."))
    private static let stale = HTTPError(
        403,
        Text(
            "The form was open for too long, so nothing was done. Go back, reload the page and try again.",
            es:
                "El formulario estuvo abierto demasiado tiempo, así que no se hizo nada. Regrese, recargue la"
                + " página e intente de nuevo."
        ), code: staleCode)
}
