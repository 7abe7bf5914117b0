import HTTPClient
import OperatingSystem
import PostgreSQL

/// What came of an attempt.
struct DeliveryReport {
    /// So much of an answer is kept.
    static let answerBytes = 1_024

    let message: Int64
    let webhook: Int64
    /// nil where there was no answer.
    private let status: Int64?
    /// Why it failed; empty when it did not.
    private let problem: String
    private let milliseconds: Int64
    /// Seconds for which the receiver wants a rest.
    private let retryAfter: Int64?
    private let answer: String

    /// What never left.
    init(_ message: WebhookMessage, problem: String) {
        self.init(message, status: nil, problem, milliseconds: 0, retryAfter: nil, answer: "")
    }

    /// - Parameter isSecure: whether it was sent over TLS.
    init(_ message: WebhookMessage, _ result: Result<HTTPClientAnswer, HTTPClientError>, isSecure: Bool) {
        switch result {
        case .success(let answer) where (100...999).contains(answer.status):
            let isRedirection = (300...399).contains(answer.status)
            self.init(
                message, status: Int64(answer.status), isRedirection ? "a redirection is not followed" : "",
                milliseconds: answer.milliseconds,
                retryAfter: answer.header("Retry-After").flatMap { RetryAfter.seconds($0, now: Time.wallSeconds()) },
                answer: Self.text(answer.body))
        case .success(let answer):
            self.init(
                message, status: nil, "not an answer of HTTP", milliseconds: answer.milliseconds, retryAfter: nil,
                answer: "")
        case .failure(let error):
            let isPlain = error.reason == .refusedAddress && !isSecure
            self.init(
                message, status: nil, isPlain ? "without https only networks that the operator has named" : "\(error)",
                milliseconds: 0, retryAfter: nil, answer: "")
        }
    }

    private init(
        _ message: WebhookMessage, status: Int64?, _ problem: String, milliseconds: Int64, retryAfter: Int64?,
        answer: String
    ) {
        self.message = message.message
        webhook = message.webhook
        self.status = status
        self.problem = problem
        self.milliseconds = milliseconds
        self.retryAfter = retryAfter
        self.answer = answer
    }

    var statement: Statement {
        Statement(
            "select api.outbox_report_webhook($1, $2::integer, $3, $4, $5, $6)", name: "outbox_report_webhook",
            parameters: [
                .integer(message), .optionalInteger(status), .text(problem), .integer(milliseconds),
                .optionalInteger(retryAfter), .text(answer),
            ])
    }

    /// Whatever bytes came, as text that the database takes: no control characters, and no longer than it was.
    static func text(_ body: [UInt8]) -> String {
        let bytes = body.prefix(answerBytes).filter { $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 || $0 == 0x0a }
        var text = String(decoding: bytes, as: UTF8.self)
        while text.utf8.count > answerBytes { text.unicodeScalars.removeLast() }
        return text
    }
}
