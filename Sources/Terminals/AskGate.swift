import AccessControl
import Cryptography
import PostgreSQL
import Web

/// "Remote identification": somebody stands at a terminal, which asks whether to open.
///
/// The decision is that of every gate, and what it queues for this very door is handed over in the same answer, so that
/// nobody waits for the terminal to ask for commands.
///
/// - SQL: `api.ask_terminal_gate` (sql/functions/terminals/ask_terminal_gate.sql).
struct AskGate {
    private static let sql =
        "select \(Verdict.columns), door_number, open_seconds from api.ask_terminal_gate("
        + "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"

    private let caller: TerminalCaller
    private let record: String

    /// - Parameter body: one record.
    init(_ caller: TerminalCaller, _ body: [UInt8]) {
        self.caller = caller
        record = TerminalText.lines(body).first ?? ""
    }

    func respond(_ context: Context) throws -> Response {
        guard let event = TerminalEvent(record: record), let code = event.code.flatMap({ GateCode(reading: $0) }) else {
            _ = try context.database.run(caller.greeting)
            return answer("FAILED")
        }
        let question: [Parameter] =
            [.text(event.door), .optionalText(event.direction)] + GateQuestion.parameters(of: code, context)
            // The same record is the same question, asked again because its answer was lost.
            + [.text(Checksum.sha256(Array("\(caller.serial)\n\(record)".utf8))), .text(context.request.id)]
        let row = try context.database.run(caller.ask("ask_terminal_gate", Self.sql, question)).single()
        let verdict = try Verdict(row, context)
        // Nothing was queued for this door, or has been handed over before.
        guard verdict.granted, let door = try row.optionalText(14),
            let command = TerminalCommand("open", door: door, seconds: try row.integer(15))
        else { return answer("FAILED") }
        return answer("SUCCESS", then: command.text)
    }

    private func answer(_ verdict: String, then command: String? = nil) -> Response {
        .plain((["AUTH=\(verdict)", record] + [command].compactMap { $0 }).joined(separator: "\r\n"))
    }
}
