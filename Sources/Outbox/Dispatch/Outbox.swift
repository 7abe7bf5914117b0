package import Cryptography
package import JSON
import OperatingSystem
package import PostgreSQL

/// Empties the outbox: hands messages to who can carry them, and writes down what becomes of them.
///
/// One thread, one loop: it waits for the database, for devices, and for the next moment at which somebody has something to do.
package final class Outbox: OutboxHost {
    private static let channel = "garita_outbox"
    /// While the database is away it is asked again so often, in milliseconds.
    private static let retry: Int64 = 250
    /// More that is not written than this, and devices that keep their events are read no further.
    private static let muchWaiting = 1_000

    package let database: Database
    package let deviceNetworks: [String]
    package let webhookNetworks: [String]
    private let reader: DoorReader
    private let journal: (_ event: String, _ facts: String) -> Void
    private var drivers: [any Driver] = []
    private var others: [any Participant] = []
    private var doors: [Int64: Door] = [:]
    private var memories: [String: JSON] = [:]
    private var reports = Reports()
    /// Commands that a driver has.
    private var pending: Set<Int64> = []
    /// On which of the database's connections the channel is listened to.
    private var listening = 0
    private var hasDoorWork = false
    private var hasChanged = false
    private var isDueAt: Int64?
    /// The database is away until then, as far as is known.
    private var retryAt: Int64?
    private var isStopping = false

    /// - Parameters:
    ///   - database: as `garita_outbox`.
    ///   - keys: that open secrets.
    ///   - journal: where lines go.
    package init(
        database: Database, keys: KeyRing, deviceNetworks: [String], webhookNetworks: [String],
        journal: @escaping (_ event: String, _ facts: String) -> Void
    ) {
        self.database = database
        self.deviceNetworks = deviceNetworks
        self.webhookNetworks = webhookNetworks
        self.journal = journal
        reader = DoorReader(keys: keys) { journal("secrets of a door not opened", "door \($0)") }
    }

    /// Before ``run(until:)``.
    package func add(_ driver: any Driver) { drivers.append(driver) }

    /// Before ``run(until:)``.
    package func add(_ participant: any Participant) { others.append(participant) }

    // MARK: The loop

    /// Returns after `stop` has become readable, when what was begun has an answer or three seconds are over.
    package func run(until stop: Int32) {
        while !isStopping {
            turn()
            isStopping = wait(alsoFor: stop)
        }
        for participant in participants { participant.finish() }
        let end = Time.monotonicMilliseconds() + 3_000
        while !pending.isEmpty, Time.monotonicMilliseconds() < end {
            write()
            _ = wait(alsoFor: nil, until: end)
        }
        for command in pending { report(command, .unknown, "the process was ended meanwhile") }
        write()
    }

    private var participants: [any Participant] { drivers + others }

    private func turn() {
        let now = Time.monotonicMilliseconds()
        if let retryAt, now < retryAt { return }
        retryAt = nil
        do {
            try listen()
            if hasChanged { try readDoors() }
            if hasDoorWork || isDueAt.map({ now >= $0 }) == true { try claim() }
        } catch { lose(error) }
        write()
    }

    /// - Returns: Whether `stop` is readable.
    private func wait(alsoFor stop: Int32?, until end: Int64? = nil) -> Bool {
        // What came together with an answer makes no descriptor ready.
        hear()
        var watched = participants.map { ($0, $0.watched) }.map { (participant: $0.0, watched: $0.1) }
        let own = [database.socket, stop ?? -1].filter { $0 >= 0 }.map {
            (descriptor: $0, interest: Poll.Interest.readable)
        }
        let work: Int64? = (hasDoorWork || hasChanged) && retryAt == nil && !isStopping ? 0 : nil
        let due = ([isStopping ? nil : isDueAt, work, retryAt, end] + participants.map(\.isDueAt)).compactMap { $0 }
            .min()
        let ready = Poll.all(
            own + watched.flatMap(\.watched), milliseconds: due.map { max(0, $0 - Time.monotonicMilliseconds()) })
        if ready.contains(database.socket) { hear() }
        if database.socket < 0, retryAt == nil { retryAt = Time.monotonicMilliseconds() }
        while let (participant, watched) = watched.popLast() {
            participant.proceed(ready.intersection(watched.map(\.descriptor)))
        }
        return stop.map(ready.contains) ?? false
    }

    // MARK: The database

    /// A connection of now hears what is written from now on; what was written before is looked for once.
    private func listen() throws(DatabaseError) {
        database.noticeIdleActivity()
        guard listening != database.connections || database.socket < 0 else { return }
        _ = try database.run(Statement("listen \(Self.channel)"))
        listening = database.connections
        memories = try readMemories()
        hasChanged = true
        hasDoorWork = true
        others.forEach { $0.notice() }
    }

    private func hear() {
        database.noticeIdleActivity()
        for notification in database.notifications() where notification.channel == Self.channel {
            switch notification.payload {
            case "d": hasDoorWork = true
            case "c":
                hasChanged = true
                others.forEach { $0.notice() }
            default: others.forEach { $0.notice() }
            }
        }
    }

    /// - SQL: `api.outbox_memory` (sql/functions/outbox/outbox_memory.sql).
    private func readMemories() throws(DatabaseError) -> [String: JSON] {
        var found: [String: JSON] = [:]
        for row in try database.run(Statement("select key, value from api.outbox_memory()", name: "outbox_memory")) {
            found[try row.text(0)] = try? JSON(parsing: Array(row.text(1).utf8), maximumBytes: 1_048_576)
        }
        return found
    }

    private func readDoors() throws(DatabaseError) {
        let found = try reader.read(database)
        doors = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
        for driver in drivers { driver.use(found.filter { $0.driver == type(of: driver).name }) }
        hasChanged = false
    }

    /// - SQL: `api.outbox_claim_doors`, `api.outbox_next_due` (sql/functions/outbox).
    private func claim() throws(DatabaseError) {
        let names = Parameter.textArray(drivers.map { type(of: $0).name })
        // What is left counts from a moment in between; an answer that is read late must not make anything last longer.
        let asked = Time.monotonicMilliseconds()
        let claimed = try database.run(
            Statement("select * from api.outbox_claim_doors($1)", name: "outbox_claim_doors", parameters: [names]))
        for row in claimed {
            let left = try row.optionalInteger(3)
            guard let kind = DoorCommand.Kind(rawValue: try row.text(1)) else { continue }
            begin(
                DoorCommand(id: try row.integer(0), kind: kind, freshUntil: left.map { asked + $0 }),
                at: try row.integer(2))
        }
        hasDoorWork = claimed.count == 200
        let next = try database.run(
            Statement("select api.outbox_next_due($1)", name: "outbox_next_due", parameters: [names]))
        isDueAt = try next.single().optionalInteger(0).map { Time.monotonicMilliseconds() + $0 }
    }

    private func begin(_ command: DoorCommand, at door: Int64) {
        pending.insert(command.id)
        guard let door = doors[door], let driver = drivers.first(where: { type(of: $0).name == door.driver }) else {
            return report(command.id, .failed, "the door is not in use")
        }
        if let until = command.freshUntil, Time.monotonicMilliseconds() >= until {
            return report(command.id, .failed, "too late")
        }
        driver.perform(command, at: door)
    }

    private func write() {
        guard reports.count > 0, retryAt == nil else { return }
        do {
            try reports.write(database) { log("report refused", $0) }
        } catch { lose(error) }
    }

    private func lose(_ error: DatabaseError) {
        if retryAt == nil, listening != 0 { log("database unavailable", String(reflecting: error)) }
        listening = 0
        retryAt = Time.monotonicMilliseconds() + Self.retry
    }

    // MARK: OutboxHost

    package func report(_ command: Int64, _ state: CommandState, _ answer: String) {
        pending.remove(command)
        reports.add([
            ("command", .integer(command)), ("state", .string(state.rawValue)), ("answer", .string(answer)),
        ])
        // Tried again when the row says so.
        if state == .failed || state == .unknown { hasDoorWork = true }
    }

    package func report(_ door: Int64, _ report: DoorReport) { reports.add(door, report) }

    package func record(_ event: DoorEvent) { reports.add(event) }

    package func remember(_ key: String, _ value: JSON) {
        memories[key] = value
        reports.add([("memory", .string(key)), ("value", value)])
    }

    package func memory(_ key: String) -> JSON? { memories[key] }

    package var isBehind: Bool { retryAt != nil || reports.count > Self.muchWaiting }

    package func log(_ event: String, _ facts: String) { journal(event, facts) }
}
