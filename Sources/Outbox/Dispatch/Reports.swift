import JSON
import OperatingSystem
import PostgreSQL

/// What was reported and is not written yet, in order.
struct Reports {
    /// What is kept while the database is away; more is a fault of a device, and is dropped.
    private static let most = 20_000
    /// One call writes at most so many.
    private static let batch = 500
    /// How often it is written down that a door was heard of, in milliseconds.
    private static let reachedEvery: Int64 = 10_000

    private var waiting: [JSON] = []
    private var reachedAt: [Int64: Int64] = [:]

    var count: Int { waiting.count }

    mutating func add(_ members: [(String, JSON)]) {
        guard waiting.count < Self.most else { return }
        waiting.append(.object(members.map { JSON.Member(name: $0.0, value: $0.1) }))
    }

    mutating func add(_ door: Int64, _ report: DoorReport) {
        var members: [(String, JSON)] = []
        if let answer = report.answer { members.append(("answer", .string(answer))) }
        if let trouble = report.trouble { members.append(("trouble", .string(trouble))) }
        if let contact = report.contact { members.append(("contact", .string(contact.rawValue))) }
        if let drift = report.clockDriftSeconds { members.append(("drift", .integer(Int64(clamping: drift)))) }
        if let details = report.details, !details.isEmpty { members.append(("details", Self.object(details))) }
        let now = Time.monotonicMilliseconds()
        if report.reached == true,
            !members.isEmpty || now - (reachedAt[door] ?? -Self.reachedEvery) >= Self.reachedEvery
        {
            reachedAt[door] = now
            members.append(("reached", .bool(true)))
        }
        guard !members.isEmpty else { return }
        add([("door", .integer(door))] + members)
    }

    mutating func add(_ event: DoorEvent) {
        var members: [(String, JSON)] = [("kind", .string(event.kind))]
        if let time = event.happenedAt { members.append(("at", .string(time))) }
        if !event.source.isEmpty {
            members += [("source", .string(event.source)), ("epoch", .integer(event.epoch))]
        }
        if let index = event.index { members.append(("index", .integer(index))) }
        if !event.details.isEmpty { members.append(("details", Self.object(event.details))) }
        let object = JSON.object(members.map { JSON.Member(name: $0.0, value: $0.1) })
        add([("door", .integer(event.door)), ("event", object)])
    }

    /// Writes all, a batch in each transaction.
    /// - Throws: when the database is away; what is not written stays. What it refuses is dropped: it would be refused again.
    mutating func write(_ database: Database, _ refused: (String) -> Void) throws(DatabaseError) {
        while !waiting.isEmpty {
            let batch = Array(waiting.prefix(Self.batch))
            do throws(DatabaseError) {
                try Self.write(batch, database)
                waiting.removeFirst(batch.count)
            } catch {
                guard case .refused(let refusal) = error, refusal.isAboutValues else { throw error }
                // One that is refused must not take the others with it.
                try writeOneByOne(batch.count, database, refused)
            }
        }
    }

    private mutating func writeOneByOne(
        _ count: Int, _ database: Database, _ refused: (String) -> Void
    ) throws(DatabaseError) {
        for _ in 0..<count {
            do throws(DatabaseError) { try Self.write([waiting[0]], database) } catch {
                guard case .refused(let refusal) = error, refusal.isAboutValues else { throw error }
                refused(String(reflecting: error))
            }
            waiting.removeFirst()
        }
    }

    private static func write(_ batch: [JSON], _ database: Database) throws(DatabaseError) {
        let text = String(decoding: JSON.array(batch).serialized(), as: UTF8.self)
        _ = try database.run(
            Statement("select api.outbox_report($1::jsonb)", name: "outbox_report", parameters: [.text(text)]))
    }

    private static func object(_ members: [String: JSON]) -> JSON {
        .object(members.sorted { $0.key < $1.key }.map { JSON.Member(name: $0.key, value: $0.value) })
    }
}
