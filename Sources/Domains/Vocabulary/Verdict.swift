import JSON
import PostgreSQL
import Web

/// The one row that `api.validate_code` returns.
struct Verdict {
    private let granted: Bool
    private let reasons: [Reason]
    private let warnings: [String]
    private let personType: String?
    private let personName: String?
    private let unit: String?
    private let isPermanent: Bool
    private let codeID: Int64?
    private let logID: Int64?
    private let usesLeft: Int64?

    /// Columns in the order of `ValidateCode`'s statement.
    init(_ row: Row) throws {
        granted = try row.bool(0)
        reasons = try row.textArray(1).map(Reason.named)
        warnings = try row.textArray(2)
        personType = try row.optionalText(3)
        personName = try row.optionalText(4)
        unit = try row.optionalText(5)
        isPermanent = try row.optionalText(6) == "permanent"
        codeID = try row.optionalInteger(7)
        logID = try row.optionalInteger(8)
        usesLeft = try row.optionalInteger(9)
    }

    /// 200 with who passes, or the status, words and reasons of a refusal.
    func response(_ language: Language) -> Response {
        guard granted else { return refusal(language) }
        var members: [JSON.Member] = [
            .init(name: "valid", value: true),
            .init(name: "person_type", value: JSON(personType)),
            .init(name: "person_name", value: JSON(personName)),
            .init(name: "unit", value: JSON(unit)),
            .init(name: "code_id", value: JSON(codeID)),
            .init(name: "log_id", value: JSON(logID)),
            .init(name: "warnings", value: .array(warnings.map { .string($0) })),
        ]
        if let usesLeft { members.append(.init(name: "uses_left", value: .integer(usesLeft))) }
        return .json(.object(members))
    }

    private func refusal(_ language: Language) -> Response {
        let first = reasons.first ?? .unknownCode
        let body: JSON = [
            "valid": false,
            "error": .string(Reason.error(reasons, isPermanent: isPermanent)),
            "reason": .string(first.name),
            "reasons": .array(reasons.map { .string($0.name) }),
            "message": .string(first.text(language)),
        ]
        return .json(body, status: first.status)
    }
}
