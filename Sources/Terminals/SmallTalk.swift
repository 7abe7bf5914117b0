import PostgreSQL
import Web

/// `GET /iclock/ping`: a terminal lives.
struct Greet: Handler {
    private let caller: TerminalCaller

    init(_ request: Request) throws(HTTPError) { caller = try TerminalCaller(request) }

    func respond(_ context: Context) throws -> Response {
        _ = try context.database.run(caller.greeting)
        return .plain("OK")
    }
}

/// `GET /iclock/rtdata?type=time`: what time it is.
///
/// A terminal also sets its clock by the header `Date` of every answer.
struct TellTime: Handler {
    private let caller: TerminalCaller

    init(_ request: Request) throws(HTTPError) { caller = try TerminalCaller(request) }

    func respond(_ context: Context) throws -> Response {
        let row = try context.database.run(caller.greeting).single()
        let zone = TerminalClock.zone(minutes: try row.integer(1))
        return .plain("DateTime=\(TerminalClock.count(of: context.now)),ServerTZ=\(zone)")
    }
}

/// Rows that a terminal keeps, such as its users: taken and put away, because it would send them again for ever.
struct TakeRows: Handler {
    private let caller: TerminalCaller
    private let lines: Int

    init(_ request: Request) throws(HTTPError) {
        self.init(try TerminalCaller(request), request.body)
    }

    init(_ caller: TerminalCaller, _ body: [UInt8]) {
        self.caller = caller
        lines = TerminalText.lines(body).count
    }

    /// `user=12`: which rows, and how many.
    func respond(_ context: Context) throws -> Response {
        _ = try context.database.run(caller.greeting)
        let table = TerminalText.plain(caller.query["tablename"] ?? "").filter { $0.isLetter || $0 == "_" }
        let told = caller.query["count"].flatMap { WholeNumber.read($0, in: 0...1_000_000) }
        let count = told.map { String($0) } ?? String(lines)
        return .plain("\(table)=\(count)")
    }
}

/// `POST /iclock/exchange`: keys for encryption, of which only the vendor's library knows; we speak the version before it.
struct RefuseExchange: Handler {
    init(_ request: Request) throws(HTTPError) { throw HTTPError(406, .unknownTerminal) }

    func respond(_ context: Context) throws -> Response { .plain("ERROR", status: 406) }
}
