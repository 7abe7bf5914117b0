import OperatingSystem

/// How messages reach one board.
protocol BoardLink: AnyObject {
    /// Sends a request; `turn` grows with each.
    func send(_ message: Message, turn: Int)
    /// Nobody waits any more for the answer to the last request.
    func giveUp()
}

/// Sockets for datagrams, used in turn by all boards.
///
/// The answer to a request counts only at the socket that sent it. So an answer that comes late, or twice, is not taken for
/// the answer to the next request of the same kind: answers do not say what they answer.
final class DatagramSockets {
    private static let count = 8
    let sockets: [DatagramSocket]

    init() throws(OperatingSystemError) {
        var made: [DatagramSocket] = []
        // Where broadcasts go: such a socket would read what it sends.
        for _ in 0..<Self.count { made.append(try DatagramSocket(not: BoardSettings.port)) }
        sockets = made
    }

    /// The one that a request goes out by.
    func socket(turn: Int) -> DatagramSocket { sockets[turn % Self.count] }
}

/// A board reached by UDP.
final class DatagramLink: BoardLink {
    private let sockets: DatagramSockets
    private let endpoint: SocketEndpoint

    init(_ sockets: DatagramSockets, to endpoint: SocketEndpoint) {
        self.sockets = sockets
        self.endpoint = endpoint
    }

    /// One that the system does not take is as one that is lost: the answer does not come.
    func send(_ message: Message, turn: Int) { _ = sockets.socket(turn: turn).send(message.bytes, to: endpoint) }

    func giveUp() {}
}

/// A board reached by TCP: one connection, made when there is something to say.
final class StreamLink: BoardLink {
    private let endpoint: SocketEndpoint
    private var connection: ClientConnection?
    private var incoming: [UInt8] = []

    init(to endpoint: SocketEndpoint) { self.endpoint = endpoint }

    var watched: [(descriptor: Int32, interest: Poll.Interest)] {
        connection.map { [($0.descriptor, $0.wantsToWrite ? .either : .readable)] } ?? []
    }

    func send(_ message: Message, turn: Int) {
        if connection == nil { connection = ClientConnection(to: endpoint) }
        connection?.send(message.bytes)
        if connection?.write() == false { drop() }
    }

    /// What was asked may still be answered: nobody listens to it, and the next request has a connection of its own.
    func giveUp() { drop() }

    /// The messages that have come; none while the other end is silent, or once it is gone.
    func proceed() -> [Message] {
        guard let connection else { return [] }
        guard connection.write() else {
            drop()
            return []
        }
        guard connection.isConnected, let bytes = connection.read(limit: 16 * Message.size) else {
            if connection.isConnected { drop() }
            return []
        }
        incoming += bytes
        var messages: [Message] = []
        while incoming.count >= Message.size {
            if let message = Message(received: Array(incoming.prefix(Message.size))) { messages.append(message) }
            incoming.removeFirst(Message.size)
        }
        return messages
    }

    private func drop() {
        connection = nil
        incoming = []
    }
}
