import OperatingSystem

/// Until when a certificate is valid.
package struct CertificateExpiry: Sendable {
    /// In seconds since 1970; nil for a file that cannot be read or holds none.
    package let seconds: Int64?

    /// - Parameter file: PEM; the first certificate counts.
    package init(file: String) {
        seconds = (try? Files.readText(file, limit: 262_144)).flatMap(Self.seconds)
    }

    /// The same of the text of a file.
    package static func seconds(inPEM text: String) -> Int64? { body(inPEM: text).flatMap { seconds(in: $0) } }

    /// The values of the first certificate's `tbsCertificate`.
    fileprivate static func body(inPEM text: String) -> [Element]? {
        let lines = text.split(whereSeparator: \.isNewline)
        guard let first = lines.firstIndex(of: "-----BEGIN CERTIFICATE-----") else { return nil }
        let body = lines[(first + 1)...].prefix { !$0.hasPrefix("-----") }.joined()
        return Base64.decode(body).flatMap { Self.body(inDER: $0[...]) }
    }

    /// RFC 5280, 4.1: Certificate { tbsCertificate { version [0]?, serialNumber, signature, issuer, validity { notBefore,
    /// notAfter } … } … }.
    private static func body(inDER bytes: ArraySlice<UInt8>) -> [Element]? {
        guard let certificate = Element.first(of: bytes), let body = Element.first(of: certificate.content) else {
            return nil
        }
        return Element.all(of: body.content)
    }

    private static func seconds(in parts: [Element]) -> Int64? {
        let skipped = parts.first?.tag == 0xa0 ? 4 : 3
        guard parts.count > skipped else { return nil }
        let validity = Element.all(of: parts[skipped].content)
        return validity.count == 2 ? validity[1].time : nil
    }
}

/// The host names that a certificate is for.
package struct CertificateNames: Sendable {
    /// `subjectAltName`: 2.5.29.17.
    private static let identifier: [UInt8] = [0x55, 0x1d, 0x11]

    private let names: [String]

    /// Nil for a file that cannot be read or holds no certificate.
    /// - Parameter file: PEM; the first certificate counts.
    package init?(file: String) {
        guard let text = try? Files.readText(file, limit: 262_144), let parts = CertificateExpiry.body(inPEM: text)
        else {
            return nil
        }
        // RFC 5280, 4.1 and 4.2.1.6: extensions [3] { { id, critical?, OCTET STRING { { dNSName [2] … } } } … }.
        let lists = parts.filter { $0.tag == 0xa3 }.compactMap { Element.first(of: $0.content) }
        let extensions = lists.flatMap { Element.all(of: $0.content) }.map { Element.all(of: $0.content) }
        let values = extensions.filter { $0.first.map { Array($0.content) } == Self.identifier }.compactMap(\.last)
        names = values.compactMap { Element.first(of: $0.content) }.flatMap { Element.all(of: $0.content) }
            .filter { $0.tag == 0x82 }.map { String(decoding: $0.content, as: UTF8.self).lowercased() }
    }

    /// Whether a name is one of them; `*` stands for one label.
    ///
    /// Source: RFC 6125, 6.4.3. Browsers do not look at the subject.
    package func hold(_ name: String) -> Bool {
        let name = name.lowercased()
        return names.contains(name) || names.contains("*" + name.drop { $0 != "." })
    }
}

/// One value of DER (ITU-T X.690): tag, length, content.
private struct Element {
    let tag: UInt8
    let content: ArraySlice<UInt8>

    static func first(of bytes: ArraySlice<UInt8>) -> Element? {
        guard bytes.count >= 2 else { return nil }
        let short = Int(bytes[bytes.startIndex + 1])
        var start = bytes.startIndex + 2
        var length = short
        if short >= 0x80 {
            let more = short - 0x80
            guard (1...3).contains(more), bytes.endIndex - start >= more else { return nil }
            length = bytes[start..<(start + more)].reduce(0) { $0 << 8 | Int($1) }
            start += more
        }
        guard bytes.endIndex - start >= length else { return nil }
        return Element(tag: bytes[bytes.startIndex], content: bytes[start..<(start + length)])
    }

    static func all(of bytes: ArraySlice<UInt8>) -> [Element] {
        var found: [Element] = []
        var rest = bytes
        while let element = first(of: rest) {
            found.append(element)
            rest = rest[element.content.endIndex...]
        }
        return found
    }

    /// UTCTime `YYMMDDHHMMSSZ` or GeneralizedTime `YYYYMMDDHHMMSSZ` (RFC 5280, 4.1.2.5), in seconds since 1970.
    var time: Int64? {
        let digits = content.dropLast().map { Int64($0) - 0x30 }
        guard content.last == UInt8(ascii: "Z"), digits.allSatisfy({ (0...9).contains($0) }),
            digits.count == (tag == 0x17 ? 12 : 14)
        else { return nil }
        let pairs = stride(from: 0, to: digits.count, by: 2).map { digits[$0] * 10 + digits[$0 + 1] }
        let short = tag == 0x17
        let year = short ? pairs[0] + (pairs[0] >= 50 ? 1900 : 2000) : pairs[0] * 100 + pairs[1]
        let rest = Array(pairs.suffix(5))
        return days(year, rest[0], rest[1]) * 86_400 + rest[2] * 3_600 + rest[3] * 60 + rest[4]
    }

    /// Days from 1970-01-01 to a day of the Gregorian calendar; years begin in March, so that a leap day is their last.
    private func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let years = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return years * 365 + years / 4 - years / 100 + years / 400 + dayOfYear - 719_468
    }
}
