import PostgreSQL
import Web

/// `GET /iclock/cdata`: a terminal says that it is there, and is told how to go on.
///
/// - SQL: `api.connect_terminal` (sql/functions/terminals/connect_terminal.sql).
struct ConnectTerminal: Handler {
    private let caller: TerminalCaller

    init(_ request: Request) throws(HTTPError) { caller = try TerminalCaller(request) }

    func respond(_ context: Context) throws -> Response {
        let dialect = ["acc": "security", "att": "attendance"][caller.query["devicetype"]?.lowercased() ?? ""]
        let row = try context.database.run(
            caller.begin(
                "connect_terminal", "select * from api.connect_terminal($1, $2, $3)", [.optionalText(dialect)])
        ).single()
        if try row.text(0) == "attendance" {
            return .plain(TerminalOptions.attendance(caller.serial, zoneMinutes: try row.integer(3)))
        }
        // Not registered yet: that is what a bare OK says.
        guard let registry = try row.optionalText(1), let session = try row.optionalText(2) else { return .plain("OK") }
        return .plain("registry=ok\nRegistryCode=\(registry)\n" + TerminalOptions.security(session: session))
    }
}

/// `/iclock/push`: the options once more, after registration.
struct ConfigureTerminal: Handler {
    private let caller: TerminalCaller

    init(_ request: Request) throws(HTTPError) { caller = try TerminalCaller(request) }

    func respond(_ context: Context) throws -> Response {
        let row = try context.database.run(caller.greeting).single()
        return .plain(TerminalOptions.security(session: try row.text(0)))
    }
}

/// How a terminal is to behave.
enum TerminalOptions {
    /// The lower version of both sides is spoken; from 3.1.1 on terminals encrypt with a library that only the vendor has.
    private static let protocolVersion = "3.0.1"

    /// Of the dialect of access control.
    ///
    /// Realtime: events come at once; a terminal asks for commands every two seconds.
    static func security(session: String) -> String {
        [
            "ServerVersion=\(protocolVersion)", "ServerName=Garita", "PushProtVer=\(protocolVersion)", "ErrorDelay=10",
            "RequestDelay=2", "TransTimes=00:00;12:00", "TransInterval=1", "TransTables=User Transaction", "Realtime=1",
            "SessionID=\(session)", "TimeoutSec=10",
        ].joined(separator: "\n")
    }

    /// Of the dialect of attendance clocks.
    static func attendance(_ serial: String, zoneMinutes: Int64) -> String {
        // Whole hours, or else minutes.
        let zone = zoneMinutes % 60 == 0 ? zoneMinutes / 60 : zoneMinutes
        return [
            "GET OPTION FROM: \(serial)", "ATTLOGStamp=None", "OPERLOGStamp=9999", "ATTPHOTOStamp=None",
            "ErrorDelay=30",
            "Delay=10", "TransTimes=00:00;12:00", "TransInterval=1", "TransFlag=TransData AttLog", "TimeZone=\(zone)",
            "Realtime=1", "Encrypt=None",
        ].joined(separator: "\n")
    }
}
