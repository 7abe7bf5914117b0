import Cryptography
import JSON
import PostgreSQL
import Web

/// `POST /iclock/registry`: a terminal introduces itself, which only does while an administrator waits for it.
///
/// - SQL: `api.register_terminal` (sql/functions/terminals/register_terminal.sql).
struct RegisterTerminal: Handler {
    private let caller: TerminalCaller
    private let attributes: JSON

    init(_ request: Request) throws(HTTPError) {
        caller = try TerminalCaller(request)
        attributes = TerminalAttributes.read(request.body)
    }

    func respond(_ context: Context) throws -> Response {
        let registry = Hexadecimal.encode(RandomBytes.make(count: 16))
        let session = Hexadecimal.encode(RandomBytes.make(count: 16))
        _ = try context.database.run(
            caller.begin(
                "register_terminal", "select api.register_terminal($1, $2, $3, $4, $5)",
                [.text(registry), .text(session), .text(attributes.text)]))
        return .plain("RegistryCode=\(registry)")
    }
}

/// What a terminal tells of itself, as far as somebody may want to see it.
enum TerminalAttributes {
    private static let shown = [
        "devicename", "devicetype", "firmver", "machinetype", "lockcount", "readercount", "pushversion", "maxusercount",
    ]

    /// - Parameter body: `name=value` with commas between.
    static func read(_ body: [UInt8]) -> JSON {
        let fields = TerminalText.fields(TerminalText.lines(body).joined(separator: ","), separator: ",")
        return .object(shown.compactMap { name in fields[name].map { .init(name: name, value: .string($0)) } })
    }
}

extension JSON {
    /// As a parameter of a statement.
    var text: String { String(decoding: serialized(), as: UTF8.self) }
}
