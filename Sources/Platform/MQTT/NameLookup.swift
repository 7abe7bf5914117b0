import CMosquitto
import Glibc

/// The addresses of a machine, found while the process goes on.
///
/// getaddrinfo(3) may wait for many seconds for a name server that is away; getaddrinfo_a(3) asks in a thread of the C
/// library's own.
final class NameLookup {
    private let name: UnsafeMutablePointer<CChar>?
    private let hints: UnsafeMutablePointer<addrinfo>
    private let request: UnsafeMutablePointer<gaicb>
    private let hasBegun: Bool

    init(_ host: String) {
        name = strdup(host)
        hints = .allocate(capacity: 1)
        hints.initialize(to: addrinfo())
        hints.pointee.ai_socktype = Int32(SOCK_STREAM.rawValue)
        request = .allocate(capacity: 1)
        request.initialize(to: gaicb())
        request.pointee.ar_name = UnsafePointer(name)
        request.pointee.ar_request = UnsafePointer(hints)
        var list: [UnsafeMutablePointer<gaicb>?] = [request]
        hasBegun = getaddrinfo_a(Int32(GARITA_GAI_NOWAIT), &list, 1, nil) == 0
    }

    deinit {
        // As long as the C library looks for it, it also writes: then the memory stays.
        if hasBegun, Int(gai_error(request)) == GARITA_EAI_INPROGRESS {
            guard Int(gai_cancel(request)) == GARITA_EAI_CANCELED else { return }
        }
        if let found = request.pointee.ar_result { freeaddrinfo(found) }
        request.deallocate()
        hints.deallocate()
        free(name)
    }

    /// The addresses in the order to try; empty when there is none, nil while nobody knows.
    var addresses: [String]? {
        guard hasBegun else { return [] }
        let state = Int(gai_error(request))
        guard state != GARITA_EAI_INPROGRESS else { return nil }
        guard state == 0 else { return [] }
        var found: [String] = []
        var next = request.pointee.ar_result
        while let entry = next {
            if let text = Self.text(of: entry.pointee) { found.append(text) }
            next = entry.pointee.ai_next
        }
        return found
    }

    private static func text(of entry: addrinfo) -> String? {
        var digits = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let code = getnameinfo(
            entry.ai_addr, entry.ai_addrlen, &digits, socklen_t(digits.count), nil, 0, NI_NUMERICHOST)
        guard code == 0 else { return nil }
        return String(decoding: digits.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
