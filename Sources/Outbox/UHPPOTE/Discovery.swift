package import OperatingSystem

/// Asks who is there (`garita doors discover`).
package struct Discovery {
    private let socket: DatagramSocket

    /// A socket of its own.
    package init() throws(OperatingSystemError) {
        socket = try DatagramSocket(not: BoardSettings.port, mayBroadcast: true)
    }

    /// The boards that answer within a time, each once, by serial number.
    ///
    /// - Parameter endpoint: a board, or the broadcast address of a network.
    package func boards(
        at endpoint: SocketEndpoint, within milliseconds: Int64
    ) throws(OperatingSystemError) -> [BoardDevice] {
        guard socket.send(Message.device(0).bytes, to: endpoint) else {
            throw OperatingSystemError("send to \(endpoint)")
        }
        var found: [UInt32: BoardDevice] = [:]
        let end = Time.monotonicMilliseconds() + milliseconds
        while Poll.until(socket.descriptor, is: .readable, milliseconds: end - Time.monotonicMilliseconds()) {
            guard let (bytes, _) = socket.receive(limit: Message.size) else { continue }
            guard let message = Message(received: bytes), message.function == .device, message.serial != 0 else {
                continue
            }
            found[message.serial] = BoardDevice(message)
        }
        return found.values.sorted { $0.serial < $1.serial }
    }
}
