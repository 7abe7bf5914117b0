import FastCGI
import HTTPRelay
import HomeAssistant
import LocalProgram
import OperatingSystem
import Outbox
import UHPPOTE
import Webhooks

/// Empties the outbox: one process, beside the pools.
struct OutboxProcess {
    /// The keys that it needs, and the only ones it can read: secrets of devices, and cards that boards keep themselves.
    static let purposes: [KeyStore.Purpose] = [.outbox, .codeTag, .codeShow]
    /// Its name where pools have theirs.
    static let name = "outbox"
    private static let role = "garita_outbox"

    private let outbox: Outbox

    init(_ configuration: Configuration) throws {
        let keys = try KeyStore(of: Self.purposes, configuration).outboxKeys()
        outbox = Outbox(
            database: configuration.database(as: Self.role, deadlineMilliseconds: 1_500), keys: keys.secrets,
            deviceNetworks: configuration.deviceNetworks, webhookNetworks: configuration.webhookNetworks
        ) { Log.event($0, pool: Self.name, $1, level: .warning) }
        outbox.add(HomeAssistantDriver(outbox))
        outbox.add(Webhooks(outbox, keys: keys.secrets))
        outbox.add(HTTPRelay(outbox))
        outbox.add(LocalProgram(outbox, list: configuration.doorPrograms))
        outbox.add(try UHPPOTEDriver(outbox, codes: keys.codes))
    }

    /// Until TERM.
    func run() {
        let stop = Signals.stopDescriptor()
        Supervision.endWithParent()
        ThisProcess.leaveNoCore()
        Log.event("started", pool: Self.name)
        outbox.run(until: stop)
        Log.event("stopped", pool: Self.name)
    }
}
