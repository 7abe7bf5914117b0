package import Cryptography
import JSON
package import OperatingSystem
package import Outbox

/// Doors of UHPPOTE boards (UT0311-L01, -L02, -L04 and those that speak like them).
///
/// One request is on its way to a board at a time, and each board has its own time-outs: one that is dead costs itself.
package final class UHPPOTEDriver: Driver {
    package static let name = "uhppote"

    private let host: any OutboxHost
    private let codes: CodeKeys
    private let sockets: DatagramSockets
    private var listeners: [UInt16: DatagramSocket] = [:]
    private var boards: [UInt32: Board] = [:]
    private var streams: [UInt32: StreamLink] = [:]
    private var boardOfDoor: [Int64: (board: Board, number: UInt8)] = [:]

    /// - Parameter codes: read the numbers of the cards that a board is to know, and find whose card it has seen.
    package init(_ host: any OutboxHost, codes: CodeKeys) throws(OperatingSystemError) {
        self.host = host
        self.codes = codes
        sockets = try DatagramSockets()
    }

    package func use(_ doors: [Door]) {
        var found: [UInt32: [(door: Door, settings: BoardSettings)]] = [:]
        boardOfDoor = [:]
        let doors = doors.sorted { $0.id < $1.id }
        let owners = owners(doors)
        for door in doors {
            do throws(SettingsFault) {
                let settings = try checked(door, beside: found, owners)
                found[settings.serial, default: []].append((door, settings))
            } catch {
                host.report(door.id, DoorReport(answer: "not used: \(error.what)", trouble: "settings"))
            }
        }
        for serial in boards.keys where found[serial] == nil {
            boards[serial] = nil
            streams[serial] = nil
        }
        for (serial, doors) in found {
            let board = board(serial, doors[0].settings)
            board.use(doors)
            for (door, settings) in doors { boardOfDoor[door.id] = (board, settings.door) }
        }
        listen()
    }

    /// The site of each board: that which had a door of it first, as long as it has one.
    ///
    /// This is remembered, because a door that is older may name another board today.
    private func owners(_ doors: [Door]) -> [UInt32: Int64] {
        var sites: [UInt32: [Int64]] = [:]
        for door in doors {
            if let serial = BoardSettings.serial(of: door) { sites[serial, default: []].append(door.siteID) }
        }
        var owners: [UInt32: Int64] = [:]
        for (serial, claims) in sites {
            let key = "uhppote:\(serial):site"
            let known = host.memory(key)?.integerValue
            let owner = known.flatMap { claims.contains($0) ? $0 : nil } ?? claims[0]
            if known != owner { host.remember(key, .integer(owner)) }
            owners[serial] = owner
        }
        return owners
    }

    /// - Throws: where the door says what cannot be, or something else than the first one of its board.
    private func checked(
        _ door: Door, beside found: [UInt32: [(door: Door, settings: BoardSettings)]], _ owners: [UInt32: Int64]
    ) throws(SettingsFault) -> BoardSettings {
        let settings = try BoardSettings(door)
        let networks = NetworkRules(only: host.deviceNetworks.compactMap { IPNetwork($0) })
        guard networks.allows(settings.endpoint.address) else {
            throw SettingsFault("address is in no allowed network")
        }
        // Nobody may reach into the board of another site.
        guard owners[settings.serial] == door.siteID else { throw SettingsFault("the board belongs to another site") }
        for other in found[settings.serial] ?? [] {
            guard other.settings.agrees(with: settings) else {
                throw SettingsFault("other doors of the board say otherwise")
            }
            guard other.settings.door != settings.door else { throw SettingsFault("another door has that number") }
        }
        return settings
    }

    private func board(_ serial: UInt32, _ settings: BoardSettings) -> Board {
        if let board = boards[serial], board.settings.agrees(with: settings) { return board }
        let link: any BoardLink
        streams[serial] = nil
        if settings.usesTCP {
            let stream = StreamLink(to: settings.endpoint)
            streams[serial] = stream
            link = stream
        } else {
            link = DatagramLink(sockets, to: settings.endpoint)
        }
        let board = Board(settings, link: link, host: host, codes: codes)
        boards[serial] = board
        return board
    }

    /// Where boards send their events to.
    ///
    /// What comes there only says that there is something to fetch.
    private func listen() {
        let ports = Set(boards.values.compactMap { $0.settings.listener?.port })
        for port in listeners.keys where !ports.contains(port) { listeners[port] = nil }
        for port in ports where listeners[port] == nil {
            do { listeners[port] = try DatagramSocket(port: port) } catch {
                host.log("events of boards not listened to", "\(error)")
            }
        }
    }

    package func perform(_ command: DoorCommand, at door: Door) {
        guard let (board, number) = boardOfDoor[door.id] else {
            return host.report(command.id, .failed, "the settings of the door are wrong")
        }
        let now = Time.monotonicMilliseconds()
        switch command.kind {
        case .open: board.open(command, door: number, now)
        case .hold: board.control(command, door: number, .open)
        case .release: board.control(command, door: number, .controlled)
        }
        board.send(now)
    }

    package var watched: [(descriptor: Int32, interest: Poll.Interest)] {
        (sockets.sockets + listeners.values).map { ($0.descriptor, .readable) } + streams.values.flatMap(\.watched)
    }

    package var isDueAt: Int64? { boards.values.compactMap(\.isDueAt).min() }

    package func proceed(_ ready: Set<Int32>) {
        let now = Time.monotonicMilliseconds()
        for (place, socket) in sockets.sockets.enumerated() where ready.contains(socket.descriptor) {
            receive(socket) { board, message in
                guard board.expectedTurn.map({ sockets.socket(turn: $0) === sockets.sockets[place] }) == true else {
                    return
                }
                board.receive(message, now)
            }
        }
        for socket in listeners.values where ready.contains(socket.descriptor) {
            receive(socket) { board, message in
                if message.function == .status { board.polling.hurry(now) }
            }
        }
        for (serial, stream) in streams where !stream.watched.isEmpty {
            for message in stream.proceed() { boards[serial]?.receive(message, now) }
        }
        for board in boards.values { board.proceed(now) }
    }

    /// What has come from boards that are known, from where they are known to be.
    private func receive(_ socket: DatagramSocket, _ take: (Board, Message) -> Void) {
        // Whoever sends without end must not keep the loop from the doors.
        for _ in 0..<1000 {
            guard let (bytes, sender) = socket.receive(limit: Message.size) else { return }
            guard let message = Message(received: bytes), let board = boards[message.serial],
                board.settings.endpoint.address == sender.address
            else { continue }
            take(board, message)
        }
    }
}
