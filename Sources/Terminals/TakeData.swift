import Cryptography
import JSON
import PostgreSQL
import Web

/// `POST /iclock/cdata`: whatever a terminal has to tell or to ask.
struct TakeData: Handler {
    private let caller: TerminalCaller
    private let body: [UInt8]
    private let table: String

    init(_ request: Request) throws(HTTPError) {
        caller = try TerminalCaller(request)
        body = request.body
        table = caller.query["table"]?.lowercased() ?? ""
    }

    func respond(_ context: Context) throws -> Response {
        if caller.query["authtype"]?.lowercased() == "device" { return try AskGate(caller, body).respond(context) }
        switch table {
        case "rtlog":
            _ = try record(TerminalText.lines(body).compactMap(TerminalEvent.init(record:)), context)
            return .plain("OK")
        case "attlog":
            let events = TerminalText.lines(body).compactMap(TerminalEvent.init(attendance:))
            return .plain("OK: \(try record(events, context))")
        case "rtstate":
            try report(context)
            return .plain("OK")
        case "options":
            let attributes = TerminalAttributes.read(body)
            _ = try context.database.run(
                caller.ask(
                    "note_terminal", "select api.note_terminal($1, $2, $3, $4)", [.text(attributes.text)]))
            return .plain("OK")
        case "tabledata": return try TakeRows(caller, body).respond(context)
        default:
            // What it keeps of its users and their operations is not ours.
            _ = try context.database.run(caller.greeting)
            return .plain("OK: \(TerminalText.lines(body).count)")
        }
    }

    /// - SQL: `api.record_terminal_events` (sql/functions/terminals/record_terminal_events.sql).
    private func record(_ events: [TerminalEvent], _ context: Context) throws -> Int {
        let list = JSON.array(events.map { $0.json(context.keys.codes) })
        _ = try context.database.run(
            caller.ask(
                "record_terminal_events", "select api.record_terminal_events($1, $2, $3, $4, $5)",
                [.text(context.request.id), .text(list.text)]))
        return events.count
    }

    /// - SQL: `api.report_terminal_state` (sql/functions/terminals/report_terminal_state.sql).
    private func report(_ context: Context) throws {
        let fields = TerminalText.lines(body).last.map { TerminalText.fields($0, separator: "\t") } ?? [:]
        let doors = JSON.array(TerminalState.doors(fields).map(\.json))
        _ = try context.database.run(
            caller.ask(
                "report_terminal_state", "select api.report_terminal_state($1, $2, $3, $4, $5)",
                [.optionalText(TerminalClock.wallTime(fields["time"])), .text(doors.text)]))
    }
}

extension TerminalEvent {
    /// As `api.record_terminal_events` reads it: tags stand for what was read.
    fileprivate func json(_ codes: CodeKeys) -> JSON {
        var members: [JSON.Member] = [
            .init(name: "kind", value: .string(kind)), .init(name: "door", value: .string(door)),
            .init(name: "time", value: JSON(time)), .init(name: "epoch", value: .integer(epoch)),
            .init(name: "index", value: .integer(index)), .init(name: "direction", value: JSON(direction)),
            .init(name: "is_grant", value: .bool(isGrant)), .init(name: "is_answer", value: .bool(number == 222)),
            .init(name: "details", value: .object(details.map { .init(name: $0.name, value: .string($0.value)) })),
        ]
        if kind == "granted", let code = code.flatMap({ GateCode(reading: $0) }) {
            members.append(.init(name: "hint", value: .string(code.hint)))
            members.append(
                .init(name: "tags", value: .array(codes.tags(code).map { .string(Hexadecimal.encode($0)) })))
        }
        return .object(members)
    }
}

extension TerminalState {
    /// As `api.report_terminal_state` reads it.
    fileprivate var json: JSON {
        .object([
            .init(name: "door", value: .string(String(door))), .init(name: "contact", value: JSON(contact)),
            .init(name: "relay", value: .bool(relay)),
            .init(name: "alarms", value: .array(alarms.map { .string($0) })),
        ])
    }
}
