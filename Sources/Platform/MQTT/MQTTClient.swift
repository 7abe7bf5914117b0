package import OperatingSystem

/// A client of one broker (MQTT 5.0) that takes part in a loop: nothing waits, no thread, and a broker that is away costs
/// nobody else anything.
///
/// It connects by itself, and again with growing pauses. Nothing is kept for a broker that is away: what cannot be sent now
/// is not sent.
package final class MQTTClient {
    /// Milliseconds for a name, and for a connection up to the broker's welcome.
    private static let patience: Int64 = 3000
    /// Milliseconds between two looks at a name that is being resolved.
    private static let betweenLooks: Int64 = 20
    private static let shortestPause: Int64 = 1000
    private static let longestPause: Int64 = 60_000
    /// Milliseconds after which a connection counts as a good one: the next pause is short again.
    private static let goodAfter: Int64 = 10_000

    private enum Phase {
        case pausing(until: Int64)
        case resolving(NameLookup, until: Int64)
        case connecting(MQTTSession, until: Int64)
        case connected(MQTTSession, since: Int64)
        case finished
    }

    /// How it is reached.
    package let settings: MQTTSettings
    private let name: String
    private let isAllowed: (String) -> Bool
    private let hear: (MQTTEvent) -> Void
    private var phase = Phase.pausing(until: 0)
    private var pause = shortestPause
    private var attempts = 0

    /// Nothing happens before ``proceed(_:)``.
    ///
    /// - Parameters:
    ///   - name: by which the broker knows the client; another client of the same name ends this one.
    ///   - isAllowed: whether one may connect to an address.
    ///   - hear: is called by ``proceed(_:)`` and ``cut(_:)`` only.
    package init(
        _ settings: MQTTSettings, name: String, isAllowed: @escaping (String) -> Bool,
        hear: @escaping (MQTTEvent) -> Void
    ) {
        self.settings = settings
        self.name = name
        self.isAllowed = isAllowed
        self.hear = hear
    }

    /// Whether the broker has taken the client in.
    package var isConnected: Bool { session != nil }

    /// The descriptor to wait for; none while there is no connection.
    package var watched: [(descriptor: Int32, interest: Poll.Interest)] {
        switch phase {
        case .connecting(let session, _), .connected(let session, _): session.watched.map { [$0] } ?? []
        default: []
        }
    }

    /// When ``proceed(_:)`` has something to do, whatever arrives (``Time/monotonicMilliseconds()``).
    package var isDueAt: Int64? {
        switch phase {
        case .pausing(let until): until
        case .resolving(_, let until): Self.nextLook(until)
        case .connecting(let session, let until): min(session.isDueAt, until)
        case .connected(let session, _): session.isDueAt
        case .finished: nil
        }
    }

    /// Goes on, as far as it can without waiting.
    ///
    /// - Parameter ready: the descriptors that are.
    package func proceed(_ ready: Set<Int32>) {
        let now = Time.monotonicMilliseconds()
        switch phase {
        case .pausing(let until):
            if now >= until { phase = .resolving(NameLookup(settings.host), until: now + Self.patience) }
        case .resolving(let lookup, let until): resolve(lookup, now, until)
        case .connecting(let session, let until):
            let isReady = session.watched.map { ready.contains($0.descriptor) } ?? true
            take(session.proceed(isReady: isReady))
            if case .connecting = phase, now >= until { lose("no answer in time") }
        case .connected(let session, _):
            take(session.proceed(isReady: session.watched.map { ready.contains($0.descriptor) } ?? true))
        case .finished: break
        }
    }

    /// - Returns: The number by which the broker's receipt names it; nil when it was not sent, and never will be.
    package func publish(_ message: MQTTMessage) -> Int32? { session?.publish(message) }

    /// From the next connection on, it must be said again.
    package func subscribe(_ subscriptions: [MQTTSubscription]) {
        for subscription in subscriptions { session?.subscribe(subscription) }
    }

    /// Ends a subscription.
    package func unsubscribe(_ topics: [String]) {
        for topic in topics { session?.unsubscribe(topic) }
    }

    /// Ends the connection now, with all that is still to be sent, and begins another one.
    package func cut(_ reason: String) {
        if session != nil { lose(reason) }
    }

    /// Says what the will would say, and ends for good.
    package func finish() {
        if let session {
            let will = settings.will
            _ = session.publish(MQTTMessage(topic: will.topic, payload: Array(will.payload.utf8), isRetained: true))
            session.end()
        }
        phase = .finished
    }

    /// Often at first; where the name servers are silent, it takes its time.
    private static func nextLook(_ until: Int64) -> Int64 {
        let now = Time.monotonicMilliseconds()
        return now + (until - now > patience ? 25 : 1) * betweenLooks
    }

    private var session: MQTTSession? {
        if case .connected(let session, _) = phase { session } else { nil }
    }

    private func resolve(_ lookup: NameLookup, _ now: Int64, _ until: Int64) {
        guard let found = lookup.addresses else {
            // The C library is not to be stopped: the same question goes on.
            if now >= until {
                phase = .resolving(lookup, until: now + Self.longestPause)
                hear(.lost("the name servers do not answer"))
            }
            return
        }
        let allowed = found.filter(isAllowed)
        guard !allowed.isEmpty else {
            return lose(found.isEmpty ? "the host has no address" : "the address is in no allowed network")
        }
        let address = allowed[attempts % allowed.count]
        attempts = (attempts + 1) % 1_000_000
        do throws(MQTTSession.Failure) {
            let session = try MQTTSession(settings, address: address, name: name)
            phase = .connecting(session, until: now + Self.patience)
        } catch { lose(error.words) }
    }

    private func take(_ events: [MQTTEvent]) {
        for event in events {
            switch event {
            case .connected:
                guard case .connecting(let session, _) = phase else { continue }
                phase = .connected(session, since: Time.monotonicMilliseconds())
                hear(event)
            case .lost(let reason): return lose(reason)
            case .message, .receipt: hear(event)
            }
        }
    }

    private func lose(_ reason: String) {
        let now = Time.monotonicMilliseconds()
        if case .connected(_, let since) = phase, now - since >= Self.goodAfter { pause = Self.shortestPause }
        // Brokers that were away together are not asked by everybody at the same moment.
        phase = .pausing(until: now + Int64.random(in: pause / 2...pause))
        pause = min(pause * 2, Self.longestPause)
        hear(.lost(reason))
    }
}
