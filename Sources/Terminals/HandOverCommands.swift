import PostgreSQL
import Web

/// `GET /iclock/getrequest`: a terminal asks for commands.
///
/// What is handed over counts as sent from then on.
///
/// - SQL: `api.claim_terminal_commands` (sql/functions/terminals/claim_terminal_commands.sql).
struct HandOverCommands: Handler {
    private let caller: TerminalCaller

    init(_ request: Request) throws(HTTPError) { caller = try TerminalCaller(request) }

    func respond(_ context: Context) throws -> Response {
        let rows = try context.database.run(
            caller.ask("claim_terminal_commands", "select * from api.claim_terminal_commands($1, $2, $3)"))
        let lines = try rows.compactMap { row -> String? in
            let command = TerminalCommand(try row.text(1), door: try row.text(2), seconds: try row.integer(3))
            return try command.map { "C:\(try row.integer(0)):\($0.text)" }
        }
        return .plain(lines.isEmpty ? "OK" : lines.joined(separator: "\n"))
    }
}

/// `POST /iclock/devicecmd`: what became of commands.
///
/// - SQL: `api.finish_terminal_commands` (sql/functions/terminals/finish_terminal_commands.sql).
struct TakeResults: Handler {
    private let caller: TerminalCaller
    private let results: [(id: Int64, code: Int64)]

    init(_ request: Request) throws(HTTPError) {
        caller = try TerminalCaller(request)
        results = Self.read(request.body)
    }

    /// `ID=221&Return=0&CMD=CONTROL DEVICE`, a line for each.
    static func read(_ body: [UInt8]) -> [(id: Int64, code: Int64)] {
        TerminalText.lines(body).compactMap { line in
            let fields = TerminalText.fields(line, separator: "&")
            guard let id = fields["id"].flatMap({ WholeNumber.read($0, in: WholeNumber.identifiers) }),
                let code = fields["return"].flatMap({ WholeNumber.read($0, in: -99_999...99_999) })
            else {
                return nil
            }
            return (id, code)
        }
    }

    func respond(_ context: Context) throws -> Response {
        _ = try context.database.run(
            caller.ask(
                "finish_terminal_commands", "select api.finish_terminal_commands($1, $2, $3, $4, $5)",
                [.integerArray(results.map(\.id)), .integerArray(results.map(\.code))]))
        return .plain("OK")
    }
}
