import Glibc

/// The Unix sockets that processes of this machine listen on.
package enum ListeningSockets {
    /// Connections that wait for somebody to take them.
    package struct Queue: Sendable, Equatable {
        /// How many wait now.
        package let length: Int
        /// How many may wait; whoever comes then is refused.
        package let limit: Int
    }

    /// The queues by inode number of the socket (``inode(of:)``), of this process's network namespace.
    ///
    /// `/proc/net/unix` does not tell them; netlink does, to any user.
    ///
    /// Source: sock_diag(7), `UNIX_DIAG_RQLEN`; of a listening socket the two numbers are the queue and its limit.
    package static func queues() throws(OperatingSystemError) -> [UInt64: Queue] {
        let descriptor = socket(Netlink.family, Int32(SOCK_DGRAM.rawValue) | Netlink.closeOnExec, Netlink.sockDiag)
        guard descriptor >= 0 else { throw OperatingSystemError("ask for listening sockets") }
        defer { close(descriptor) }
        // The kernel answers at once; a lost answer must not hold anybody up.
        var patience = timeval(tv_sec: 0, tv_usec: 200_000)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let question = Netlink.question
        guard question.withUnsafeBytes({ send(descriptor, $0.baseAddress, $0.count, 0) }) == question.count else {
            throw OperatingSystemError("ask for listening sockets")
        }
        var found: [UInt64: Queue] = [:]
        while true {
            let part = try receive(descriptor)
            guard Netlink.read(part, into: &found) else { return found }
        }
    }

    /// The number by which the kernel knows the socket; nil when the descriptor is none.
    package static func inode(of descriptor: Int32) -> UInt64? {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFSOCK else { return nil }
        return UInt64(facts.st_ino)
    }

    private static func receive(_ descriptor: Int32) throws(OperatingSystemError) -> [UInt8] {
        var count = -1
        let part = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, filled in
            repeat {
                count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            } while count < 0 && errno == EINTR
            filled = max(0, count)
        }
        guard count > 0 else { throw OperatingSystemError("read the list of listening sockets") }
        return part
    }
}

/// The messages of `linux/netlink.h`, `linux/sock_diag.h` and `linux/unix_diag.h`, in the byte order of the machine.
private enum Netlink {
    static let family: Int32 = 16
    static let sockDiag: Int32 = 4
    static let closeOnExec = Int32(SOCK_CLOEXEC.rawValue)
    private static let byFamily: UInt16 = 20
    private static let requestDump: UInt16 = 0x301
    private static let listening: UInt32 = 1 << 10
    private static let showQueue: UInt32 = 0x10
    private static let queueAttribute: UInt16 = 4

    /// `nlmsghdr` and `unix_diag_req`.
    static var question: [UInt8] {
        bytes(UInt32(40)) + bytes(byFamily) + bytes(requestDump) + bytes(UInt32(1)) + bytes(UInt32(0))
            + [UInt8(AF_UNIX), 0, 0, 0] + bytes(listening) + bytes(UInt32(0)) + bytes(showQueue) + bytes(UInt64(0))
    }

    /// - Returns: False at the end of the list, and for an answer of another kind.
    static func read(_ part: [UInt8], into found: inout [UInt64: ListeningSockets.Queue]) -> Bool {
        var start = 0
        while start + 16 <= part.count {
            let length = Int(number(part, start, UInt32.self))
            guard length >= 16, start + length <= part.count else { return false }
            guard number(part, start + 4, UInt16.self) == byFamily else { return false }
            // `unix_diag_msg` has 16 bytes; the inode is its second word.
            if length >= 32 {
                let inode = UInt64(number(part, start + 20, UInt32.self))
                found[inode] = queue(part, from: start + 32, to: start + length)
            }
            start += (length + 3) & ~3
        }
        return true
    }

    private static func queue(_ part: [UInt8], from first: Int, to end: Int) -> ListeningSockets.Queue? {
        var start = first
        while start + 4 <= end {
            let length = Int(number(part, start, UInt16.self))
            guard length >= 4, start + length <= end else { return nil }
            if number(part, start + 2, UInt16.self) == queueAttribute, length >= 12 {
                return ListeningSockets.Queue(
                    length: Int(number(part, start + 4, UInt32.self)), limit: Int(number(part, start + 8, UInt32.self)))
            }
            start += (length + 3) & ~3
        }
        return nil
    }

    private static func number<Number: FixedWidthInteger>(_ part: [UInt8], _ place: Int, _: Number.Type) -> Number {
        part.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: Number.self) }
    }

    private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number) { Array($0) }
    }
}
