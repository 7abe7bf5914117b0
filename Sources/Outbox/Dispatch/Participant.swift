package import JSON
package import OperatingSystem
package import PostgreSQL

/// Whoever takes part in the loop of the process.
///
/// Nothing of it may block.
package protocol Participant: AnyObject {
    /// What it waits for.
    var watched: [(descriptor: Int32, interest: Poll.Interest)] { get }
    /// When it has something to do without being woken, by `Time.monotonicMilliseconds`; nil for never.
    var isDueAt: Int64? { get }
    /// After every wait; `ready` holds those of ``watched`` that are.
    func proceed(_ ready: Set<Int32>)
    /// The doors or webhooks have changed, or there is work: something was written to the outbox.
    func notice()
    /// The process ends: nothing new is begun.
    func finish()
}

extension Participant {
    package func notice() {}
    package func finish() {}
}

/// Reaches doors of one kind.
package protocol Driver: Participant {
    /// As `garita.doors.driver` has it.
    static var name: String { get }
    /// All doors in use of this driver, at the start and after every change.
    func use(_ doors: [Door])
    /// Begins, and returns at once; the answer is reported. It is called once for a command.
    func perform(_ command: DoorCommand, at door: Door)
}

/// The process, as those who take part see it.
package protocol OutboxHost: AnyObject {
    /// What became of a command; the answer is short, in English, without secrets.
    func report(_ command: Int64, _ state: CommandState, _ answer: String)
    func report(_ door: Int64, _ report: DoorReport)
    func record(_ event: DoorEvent)
    /// Written after the events before it, in the same transaction.
    func remember(_ key: String, _ value: JSON)
    func memory(_ key: String) -> JSON?
    /// What was reported is not written yet, because the database is away: no more should be read from devices that keep it.
    var isBehind: Bool { get }
    /// For short statements of one's own.
    var database: Database { get }
    /// One line of the journal; no secrets, codes or names of people.
    func log(_ event: String, _ facts: String)
    /// Networks in which devices may be reached (CIDR).
    var deviceNetworks: [String] { get }
    /// Networks beyond the public ones that webhooks may reach (CIDR).
    var webhookNetworks: [String] { get }
}
