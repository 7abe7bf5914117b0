/// PostgreSQL's ISO output as the legacy API writes it.
///
/// By bytes: a page of a list has a hundred of them.
package enum WireTime {
    /// `2026-11-22 22:25:29.5233-06` becomes `2026-11-22T22:25:29.523300-06:00`; no fraction stays none.
    package static func timestamp(_ text: String) -> String {
        String(decoding: timestamp(Array(text.utf8)[...]), as: UTF8.self)
    }

    /// The same, of UTF-8.
    static func timestamp(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = Array(text)
        guard let blank = bytes.firstIndex(of: UInt8(ascii: " ")),
            let sign = bytes.lastIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }), sign > blank
        else { return text }
        if bytes.count - sign == 3 { bytes += [UInt8(ascii: ":"), UInt8(ascii: "0"), UInt8(ascii: "0")] }
        fillFraction(of: &bytes, before: sign)
        bytes[blank] = UInt8(ascii: "T")
        return bytes[...]
    }

    /// `18:30:15.5` becomes `18:30:15.500000`.
    package static func time(_ text: String) -> String {
        var bytes = Array(text.utf8)
        fillFraction(of: &bytes, before: bytes.count)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Six digits behind the point, if there is one.
    private static func fillFraction(of bytes: inout [UInt8], before end: Int) {
        guard let point = bytes[..<end].lastIndex(of: UInt8(ascii: ".")) else { return }
        let missing = max(6 - (end - point - 1), 0)
        bytes.insert(contentsOf: repeatElement(UInt8(ascii: "0"), count: missing), at: end)
    }
}
