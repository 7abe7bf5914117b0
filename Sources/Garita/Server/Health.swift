import JSON
import PostgreSQL
import Web

/// What a supervisor asks: is the process there, can it serve.
///
/// nginx lets only this machine ask.
let healthRoutes: [Route] = [
    Route(.get, "/livez", for: .anyone, Livez.self),
    Route(.get, "/readyz", for: .anyone, Readyz.self),
]

/// `GET /livez`: a worker answers.
struct Livez: Handler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ context: Context) throws -> Response { .json(["status": "ok"]) }
}

/// `GET /readyz`: the database answers and holds a schema; 503 while it does not.
///
/// A clock that is behind what it has written is reported and does not make it 503: used codes stay used, and nobody is
/// locked out.
struct Readyz: Handler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ context: Context) throws -> Response {
        let row = try context.database.run(Statement("select api.ready()", name: "ready")).single()
        guard let version = try row.optionalText(0) else { throw HTTPError.unavailable }
        var members: [JSON.Member] = [
            .init(name: "status", value: "ok"), .init(name: "schema", value: .string(version)),
        ]
        if let seconds = try Clock.secondsBehind(context.database) {
            members.append(.init(name: "clock_behind_seconds", value: .integer(seconds)))
        }
        return .json(.object(members))
    }
}
