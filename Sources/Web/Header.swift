/// One header line, which can be nothing but one: no value ends it and begins another (RFC 9110, 5.5).
package struct Header: Sendable, Equatable {
    /// As it is sent: `Retry-After`.
    package let name: String
    /// Visible ASCII and blanks.
    package let value: String

    /// - Parameters:
    ///   - name: a word of ours, never one of a client.
    ///   - value: whatever is neither visible ASCII nor a blank is left out of it.
    package init(_ name: StaticString, _ value: String) {
        self.name = name.description
        self.value = value.utf8.allSatisfy(Self.isPlain) ? value : Self.plain(value)
    }

    /// `Location` of an address of this site; the only way to one.
    ///
    /// What cannot stand in an address is written as `%XX`, and it stays here: two slashes in front would be another host.
    ///
    /// - Parameter address: path and perhaps a query, both encoded (``URLPath``, ``QueryItem``).
    package static func location(_ address: String) -> Header {
        Header("Location", "/" + URLPath.encode(String(address.drop { "/\\".contains($0) }), keeping: "%?#"))
    }

    private static func plain(_ value: String) -> String {
        String(decoding: value.utf8.filter(isPlain), as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool { (0x20...0x7E).contains(byte) }
}
