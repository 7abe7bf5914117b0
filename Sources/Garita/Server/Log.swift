import OperatingSystem
import Web

/// One JSON line per event on standard error; whoever supervises the process keeps it.
///
/// Never a code, token, password, name, body or address with its query.
enum Log {
    /// How grave an event is.
    enum Level: String {
        case info, warning, error

        fileprivate var gravity: StandardError.Gravity {
            switch self {
            case .info: .info
            case .warning: .warning
            case .error: .error
            }
        }
    }

    /// Whether refused requests say why: DEBUG.
    ///
    /// Set once, before the first request.
    nonisolated(unsafe) static var isDebugging = false

    private static let processID = ThisProcess.id

    /// One answered request: the route's template stands for the path.
    static func request(_ request: Request, _ outcome: Outcome, pool: String, microseconds: Int64) {
        let level: Level = outcome.fault == nil ? .info : .error
        var line = begun(level, "request", pool: pool)
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
        if isDebugging, let refusal = outcome.refusal { line.add("refusal", refusal) }
        StandardError.write(line: line.end(), level.gravity)
    }

    /// Something that happened to the worker itself.
    static func event(_ name: String, pool: String, _ detail: String = "", level: Level = .info) {
        var line = begun(level, name, pool: pool)
        if !detail.isEmpty { line.add("detail", detail) }
        StandardError.write(line: line.end(), level.gravity)
    }

    private static func begun(_ level: Level, _ event: String, pool: String) -> LogLine {
        var line = LogLine()
        line.add("ts", plain: WallClock.bytes())
        line.add("level", level.rawValue)
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
    private var text: [UInt8] = []

    init() {
        text.reserveCapacity(512)
    }

    mutating func add(_ name: String, _ number: some BinaryInteger) {
        begin(name)
        text += String(number).utf8
    }

    mutating func add(_ name: String, _ value: String) {
        begin(name)
        text.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
            case ..<0x20: text += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8  // RFC 8259, section 7
            default: text.append(byte)
            }
        }
        text.append(UInt8(ascii: "\""))
    }

    /// Bytes of which none has to be escaped.
    mutating func add(_ name: String, plain value: [UInt8]) {
        begin(name)
        text.append(UInt8(ascii: "\""))
        text += value
        text.append(UInt8(ascii: "\""))
    }

    /// The line, which is then over.
    mutating func end() -> [UInt8] {
        text += "}\n".utf8
        return text
    }

    /// Names are constants of this program: nothing in them has to be escaped.
    private mutating func begin(_ name: String) {
        text += (text.isEmpty ? "{\"" : ",\"").utf8
        text += name.utf8
        text += "\":".utf8
    }
}
