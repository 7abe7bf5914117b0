package import JSON
package import PostgreSQL
package import Vocabulary
package import Web

/// The one row that `api.validate_code` answers.
package struct Verdict: Sendable {
    /// What to select, in the order `init` reads it.
    package static let columns = """
        granted, reasons, warnings, attention, person_type, person_name, unit, code_kind, code_id, log_id, uses_left, \
        visitor_id, retry_after, replayed
        """

    /// Whether the person passes.
    package let granted: Bool
    /// The visit; nil for a resident and for nobody known.
    package let visitorID: Int64?
    let codeID: Int64?
    /// Where to read of it in the access log.
    package let logID: Int64?
    /// Why not, in the order of the rules.
    package let reasons: [Reason]
    /// On an exit, what would have refused an entry.
    package let warnings: [String]
    /// Entries of the block list that resemble the person: for a human to look at, not a refusal.
    package let attention: JSON
    let personType: String?
    /// First and last name; nil for nobody known.
    package let personName: String?
    /// `A-101`.
    package let unit: String?
    let isPermanent: Bool
    /// Entries left on a visitor's pass.
    package let usesLeft: Int64?
    /// Seconds until a throttled gate looks at short codes again.
    package let retryAfter: Int64?
    /// The stored answer to an earlier request of the same id.
    package let isReplayed: Bool

    /// Has the decision counted, once it is in the log: each is one row of it.
    /// - Throws: when the row has another shape, which is a fault of ours.
    package init(_ row: Row, _ context: Context) throws {
        granted = try row.bool(0)
        reasons = try row.textArray(1).map(Reason.named)
        warnings = try row.textArray(2)
        attention = try row.utf8(3).map { try JSON(parsing: Array($0)) } ?? []
        personType = try row.optionalText(4)
        personName = try row.optionalText(5)
        unit = try row.optionalText(6)
        isPermanent = try row.optionalText(7) == "permanent"
        codeID = try row.optionalInteger(8)
        logID = try row.optionalInteger(9)
        usesLeft = try row.optionalInteger(10)
        visitorID = try row.optionalInteger(11)
        retryAfter = try row.optionalInteger(12)
        isReplayed = try row.bool(13)
        // An answer that is given again was counted the first time.
        if !isReplayed { context.count(granted ? Reason.granted : reasons.first?.name ?? "") }
    }

    /// 200 with who passes, or the status, words and reasons of a refusal.
    func response(_ language: Language) -> Response {
        granted ? .json(grant, headers: headers) : refusal(language)
    }

    /// 200 with the visitor and the pass: as the legacy API answered, and behind that what ours adds.
    func grant(visitor: JSON, code: JSON) -> Response {
        .json(
            [
                "valid": true, "visitor": visitor, "code": code, "code_id": JSON(codeID), "log_id": JSON(logID),
                "warnings": .array(warnings.map { .string($0) }), "attention": attention,
                "uses_left": JSON(usesLeft),
            ], headers: headers)
    }

    /// Headers of either answer.
    private var headers: [Header] {
        var headers: [Header] = []
        if isReplayed { headers.append(Header("Idempotent-Replay", "true")) }
        if let retryAfter { headers.append(Header("Retry-After", String(retryAfter))) }
        return headers
    }

    private var grant: JSON {
        var members: [JSON.Member] = [
            .init(name: "valid", value: true),
            .init(name: "person_type", value: JSON(personType)),
            .init(name: "person_name", value: JSON(personName)),
            .init(name: "unit", value: JSON(unit)),
            .init(name: "code_id", value: JSON(codeID)),
            .init(name: "log_id", value: JSON(logID)),
            .init(name: "warnings", value: .array(warnings.map { .string($0) })),
        ]
        if attention != [] { members.append(.init(name: "attention", value: attention)) }
        if let usesLeft { members.append(.init(name: "uses_left", value: .integer(usesLeft))) }
        return .object(members)
    }

    private func refusal(_ language: Language) -> Response {
        let first = reasons.first ?? .unknownCode
        var members: [JSON.Member] = [
            .init(name: "valid", value: false),
            .init(name: "error", value: .string(Reason.error(reasons, isPermanent: isPermanent))),
            .init(name: "reason", value: .string(first.name)),
            .init(name: "reasons", value: .array(reasons.map { .string($0.name) })),
            .init(name: "message", value: .string(first.text(language))),
        ]
        if attention != [] { members.append(.init(name: "attention", value: attention)) }
        return .json(.object(members), status: first.status, headers: headers)
    }
}

extension Reason {
    /// As the legacy API: 404 for what it does not know, 403 for a wrong gate, 400 otherwise.
    fileprivate var status: Int {
        switch name {
        case "unknown_code", "unknown_access_point": 404
        case "wrong_gate": 403
        case "throttled": 429
        default: 400
        }
    }
}
