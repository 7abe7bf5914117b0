import OperatingSystem
import Web

/// One JSON line per event on standard error; whoever supervises the process keeps it.
///
/// Never a code, token, password, name, body or address with its query.
enum Log {
    private static let processID = ThisProcess.id

    /// One answered request: the route's template stands for the path.
    static func request(_ request: Request, _ outcome: Outcome, pool: String, microseconds: Int64) {
        var line = begun(outcome.fault == nil ? "info" : "error", "request", pool: pool)
        line.add("request_id", request.id)
        line.add("method", request.method)
        line.add("route", outcome.route?.path ?? "-")
        line.add("status", outcome.response.status)
        line.add("us", microseconds)
        if let caller = outcome.caller {
            line.add("user_id", caller.userID)
            line.add("role", caller.role.rawValue)
        }
        if let fault = outcome.fault { line.add("fault", fault) }
        StandardError.write(line.ended)
    }

    /// Something that happened to the worker itself.
    static func event(_ name: String, pool: String, _ detail: String = "") {
        var line = begun("info", name, pool: pool)
        if !detail.isEmpty { line.add("detail", detail) }
        StandardError.write(line.ended)
    }

    private static func begun(_ level: String, _ event: String, pool: String) -> LogLine {
        var line = LogLine()
        line.add("ts", WallClock.text())
        line.add("level", level)
        line.add("event", event)
        line.add("pool", pool)
        line.add("pid", processID)
        return line
    }
}

/// A JSON object written from left to right.
///
/// Not by way of `JSON` and jansson: there is one such line for every request, and it was a fifteenth of the worker's
/// time.
private struct LogLine {
    private var text = "{"

    init() {
        text.reserveCapacity(320)
    }

    mutating func add(_ name: String, _ number: some BinaryInteger) {
        begin(name)
        text += number.description
    }

    mutating func add(_ name: String, _ value: String) {
        begin(name)
        text += "\""
        if value.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            text += value
        } else {
            for scalar in value.unicodeScalars { text += escaped(scalar) }
        }
        text += "\""
    }

    var ended: String { text + "}\n" }

    /// Names are words of ours.
    private mutating func begin(_ name: String) {
        text += text.utf8.count == 1 ? "\"" : ",\""
        text += name
        text += "\":"
    }

    /// RFC 8259, section 7.
    private func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"", "\\": "\\\(scalar)"
        case ..<" ": "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
        default: String(scalar)
        }
    }
}
