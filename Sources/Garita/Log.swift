import JSON
import OperatingSystem
import Web

/// One JSON line per event on standard error; whoever supervises the process keeps it.
///
/// Never a code, token, password, name, body or address with its query.
enum Log {
    private static let processID = Int64(ThisProcess.id)

    /// One answered request: the route's template stands for the path.
    static func request(_ request: Request, _ outcome: Outcome, pool: String, microseconds: Int64) {
        var members: [JSON.Member] = [
            .init(name: "request_id", value: .string(request.id)),
            .init(name: "method", value: .string(request.method)),
            .init(name: "route", value: .string(outcome.route?.path ?? "-")),
            .init(name: "status", value: .integer(Int64(outcome.response.status))),
            .init(name: "us", value: .integer(microseconds)),
        ]
        if let caller = outcome.caller {
            members.append(.init(name: "user_id", value: .integer(caller.userID)))
            members.append(.init(name: "role", value: .string(caller.role.rawValue)))
        }
        if let fault = outcome.fault { members.append(.init(name: "fault", value: .string(fault))) }
        write(outcome.fault == nil ? "info" : "error", "request", pool: pool, members)
    }

    /// Something that happened to the worker itself.
    static func event(_ name: String, pool: String, _ detail: String = "") {
        write("info", name, pool: pool, detail.isEmpty ? [] : [.init(name: "detail", value: .string(detail))])
    }

    private static func write(_ level: String, _ event: String, pool: String, _ members: [JSON.Member]) {
        let head: [JSON.Member] = [
            .init(name: "ts", value: .string(WallClock.text())),
            .init(name: "level", value: .string(level)),
            .init(name: "event", value: .string(event)),
            .init(name: "pool", value: .string(pool)),
            .init(name: "pid", value: .integer(processID)),
        ]
        StandardError.write(String(decoding: JSON.object(head + members).serialized(), as: UTF8.self) + "\n")
    }
}
