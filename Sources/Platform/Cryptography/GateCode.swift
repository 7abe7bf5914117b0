import JSON

/// A code in its canonical form, in which codes are compared: capitals, without what readers and people put around it.
package struct GateCode: Equatable, Sendable {
    /// Characters (Unicode scalars) of the longest code.
    package static let maximumLength = 100

    /// The code in capitals, without anything a reader or a person put around it.
    package let text: String

    /// The texts under which it may be stored, the likeliest first; one, for most codes.
    ///
    /// Itself; as it was read, with all signs; its letters and digits alone, because people group what they type.
    private(set) var readings: [String]

    /// Takes a code, the content of the legacy API's QR codes (`VISITOR:AB12CD34|anything`), or the link of a pass
    /// (`https://…/p/AB12CD34`), as readers send and people type them; nil when nothing or too much is left.
    package init?(reading raw: String) {
        // Letters and digits alone are the code itself, whatever might stand around another.
        if let code = raw.plainCapitals, !code.isEmpty, code.utf8.count <= Self.maximumLength {
            text = code
            readings = [code]
            return
        }
        let payload = GateCodePayload(raw)
        let code = payload.code
        guard !code.isEmpty, code.unicodeScalars.count <= Self.maximumLength else { return nil }
        text = code
        var readings = [code]
        for reading in [payload.isContent ? code : raw.uppercased().trimmed, code.lettersAndDigits]
        where !reading.isEmpty && !readings.contains(reading) && reading.unicodeScalars.count <= Self.maximumLength {
            readings.append(reading)
        }
        self.readings = readings
    }

    /// As it came by a keyboard, which may be set to another layout than the reader that types on it.
    ///
    /// A code that nobody guesses is looked up as every layout might have written it; a short one as its signs say, because
    /// each reading of it is a guess.
    package init?(keyed raw: String) {
        self.init(reading: KeyboardLayout.unFrench(raw.trimmed) ?? raw)
        guard guessableShape == nil, text.unicodeScalars.allSatisfy({ $0.isASCII }) else { return }
        readings += KeyboardLayout.otherReadings(of: text).filter { !readings.contains($0) }
    }

    /// Whether it stood in a link or beside other content, so that it was meant as a code.
    package static func isContent(_ raw: String) -> Bool {
        GateCodePayload(KeyboardLayout.unFrench(raw.trimmed) ?? raw).isContent
    }

    /// Its letters and digits alone; nil for a code of signs.
    package var compact: GateCode? { GateCode(reading: text.lettersAndDigits) }

    /// Whether nothing is left of what was read: a prefix or a link without a code in it is blank too.
    package static func isBlank(_ raw: String) -> Bool { GateCodePayload(raw).code.isEmpty }

    /// What a text that can be guessed looks like: a 9 for each digit, an A for each letter, a - for each other byte; nil
    /// for a text of 64 bits and more.
    ///
    /// A digit counts for log2 10 bits and a letter for log2 26, so that a prefix of letters before the digits of a tag
    /// adds little; signs between them count for nothing. Codes of 26 letters and digits have 86 bits at least.
    package var guessableShape: String? {
        let (digit, letter, other) = (UInt8(ascii: "9"), UInt8(ascii: "A"), UInt8(ascii: "-"))
        let shape = text.utf8.map { Self.isDigit($0) ? digit : Self.isLetter($0) ? letter : other }
        let bits = shape.reduce(0.0) { $0 + ($1 == digit ? 3.3219 : $1 == letter ? 4.7004 : 0) }
        return bits < 64 ? String(decoding: shape, as: UTF8.self) : nil
    }

    /// How many of its characters are letters A to Z.
    package var letters: Int64 { Int64(text.utf8.count(where: Self.isLetter)) }

    /// How many of its characters are digits.
    package var digits: Int64 { Int64(text.utf8.count(where: Self.isDigit)) }

    /// What may stand in a log: the last two characters; nothing of a code so short that they would give it away.
    package var hint: String {
        text.unicodeScalars.count < 4 ? "" : String(text.unicodeScalars.suffix(2))
    }

    /// What stands for the code in the database: 16 bytes that only the holder of the key can compute.
    ///
    /// - Parameter key: the code-tag key, one of possibly several generations.
    package func tag(with key: Secret) -> [UInt8] { Self.tag(of: text, with: key) }

    /// What may stand for it in the database, the likeliest first.
    package func tags(with key: Secret) -> [[UInt8]] { readings.map { Self.tag(of: $0, with: key) } }

    private static func tag(of text: String, with key: Secret) -> [UInt8] {
        Array(key.authenticationCode(for: Array("code|\(text)".utf8)).prefix(16))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
}

extension GateCode: CustomStringConvertible, CustomReflectable {
    /// Not the code: codes appear in no error and no log.
    package var description: String { "GateCode" }

    /// No children, so that `dump` and failed expectations have nothing to show.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
