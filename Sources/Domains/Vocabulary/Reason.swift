package import Web

/// Why a gate stays closed: the table of docs/rules.md §2, in its fixed order.
package struct Reason: Sendable, Equatable {
    /// The stable name on the wire and in the log.
    package let name: String
    /// What the guard reads.
    package let text: Text
    /// The legacy API's words for it; nil where the legacy API knew no such reason.
    private let legacyWords: String?

    private init(_ name: String, _ english: String, es spanish: String, legacyWords: String? = nil) {
        self.name = name
        text = Text(english, es: spanish)
        self.legacyWords = legacyWords
    }

    /// What stands for a reason where there is none to refuse.
    package static let granted = "granted"

    /// No code of the site, live or past.
    package static let unknownCode = Reason(
        "unknown_code", "code not recognized", es: "código no reconocido", legacyWords: "Invalid code")
    private static let expired = Reason("expired", "expired", es: "vencido", legacyWords: "Code has expired")
    /// The legacy API had one sentence for these, another for permanent codes, and let "expired" win over both.
    private static let notActive = "Code is not active or has been used"
    private static let permanentNotActive = "Code is not active"

    /// In the order in which a refusal lists them; the first one gives it its words.
    package static let all: [Reason] = [
        Reason(
            "unknown_access_point", "gate not recognized", es: "acceso no reconocido",
            legacyWords: "Invalid access point"),
        Reason("gate_inactive", "gate out of service", es: "acceso fuera de servicio"),
        Reason("wrong_direction", "wrong direction", es: "sentido incorrecto"),
        Reason("method_not_supported", "not accepted here", es: "medio no admitido aquí"),
        unknownCode,
        Reason("revoked", "pass canceled", es: "pase cancelado", legacyWords: notActive),
        Reason("not_yet_valid", "not valid yet", es: "aún no vigente", legacyWords: notActive),
        expired,
        Reason("outside_schedule", "outside hours", es: "fuera de horario"),
        Reason("no_uses_left", "no entries left", es: "sin entradas disponibles", legacyWords: notActive),
        Reason(
            "wrong_gate", "not valid at this gate", es: "no válido en este acceso",
            legacyWords: "Access point not authorized"),
        Reason("person_not_authorized", "person not authorized", es: "persona sin autorización vigente"),
        Reason("moved_out", "no longer resides here", es: "ya no reside"),
        Reason("visit_denied", "visit refused", es: "visita rechazada"),
        Reason("approval_pending", "waiting for approval", es: "en espera de autorización"),
        Reason("blocklisted", "call the supervisor", es: "acceso restringido, avise al supervisor"),
        Reason("throttled", "too many attempts", es: "demasiados intentos"),
    ]

    /// The reason of that name; one that SQL knows and this table does not is still a refusal.
    package static func named(_ name: String) -> Reason {
        all.first { $0.name == name } ?? Reason(name, "not allowed", es: "no permitido")
    }

    /// The `error` of a refusal: the legacy API's sentence for the first reason.
    package static func error(_ reasons: [Reason], isPermanent: Bool) -> String {
        guard let first = reasons.first else { return "" }
        guard first.legacyWords == notActive else { return first.legacyWords ?? first.text.english }
        if reasons.contains(expired) { return expired.legacyWords ?? "" }
        return isPermanent ? permanentNotActive : notActive
    }

    /// The name of a reason that the legacy API told in these words, `other` when it knew more than we do; and whether the
    /// name says all that the words said.
    package static func name(ofLegacy words: String) -> (name: String, isExact: Bool) {
        // One sentence for several reasons: a code used up is by far the most frequent.
        if words == notActive { return ("no_uses_left", false) }
        if words == permanentNotActive { return ("revoked", true) }
        return all.first { $0.legacyWords == words }.map { ($0.name, true) } ?? ("other", false)
    }

    /// SQL for the same of a stored array of names.
    package static func sql(reasons: String, isPermanent: String) -> String {
        let sentences = all.map { reason in
            let text = "'" + (reason.legacyWords ?? reason.text.english) + "'"
            guard reason.legacyWords == notActive else { return "when '\(reason.name)' then \(text)" }
            return "when '\(reason.name)' then case when 'expired' = any (\(reasons)) then 'Code has expired'"
                + " when \(isPermanent) then '\(permanentNotActive)' else \(text) end"
        }
        return
            "case coalesce(\(reasons)[1], '') when '' then '' \(sentences.joined(separator: " ")) else 'not allowed' end"
    }
}
