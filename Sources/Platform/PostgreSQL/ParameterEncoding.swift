import CPostgreSQL

/// Parameters in the form libpq takes them.
///
/// All values lie in one buffer, each followed by a zero byte as libpq wants for text.
struct EncodedParameters {
    private var buffer: [UInt8] = []
    private var starts: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []
    private(set) var types: [Oid] = []

    private static let bytea: Oid = 17
    private static let byteaArray: Oid = 1001

    /// - Throws: `.refused` with state 22021, as the server would say, when text contains NUL: C would cut it there.
    init(_ parameters: [Parameter]) throws(DatabaseError) {
        guard parameters.count <= Int(UInt16.max) else { throw .unexpected(facts: "too many parameters") }
        buffer.reserveCapacity(512)
        starts.reserveCapacity(parameters.count)
        lengths.reserveCapacity(parameters.count)
        formats.reserveCapacity(parameters.count)
        types.reserveCapacity(parameters.count)
        for parameter in parameters { try append(parameter) }
    }

    /// Passes the arrays of `PQsendQueryParams` on: values, lengths, formats; they are valid during the call only.
    func withPointers<Result>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Result
    ) -> Result {
        buffer.withUnsafeBytes { bytes in
            let base = bytes.bindMemory(to: CChar.self).baseAddress
            let values = starts.map { start in start.flatMap { base?.advanced(by: $0) } }
            return values.withUnsafeBufferPointer { values in
                lengths.withUnsafeBufferPointer { lengths in
                    formats.withUnsafeBufferPointer { body(values.baseAddress, lengths.baseAddress, $0.baseAddress) }
                }
            }
        }
    }

    private mutating func append(_ parameter: Parameter) throws(DatabaseError) {
        switch parameter {
        case .null: appendNull()
        case .text(let text): append(text: try Self.withoutNul(text).utf8)
        case .integer(let value): append(text: String(value).utf8)
        case .bool(let value): append(text: (value ? "t" : "f").utf8)
        case .bytes(let bytes): append(bytes, type: Self.bytea, isBinary: true)
        case .textArray(let texts): append(text: try Self.literal(texts).utf8)
        case .bytesArray(let values): append(Self.literal(values), type: Self.byteaArray, isBinary: false)
        case .integerArray(let values): append(text: "{\(values.map(String.init).joined(separator: ","))}".utf8)
        }
    }

    private mutating func appendNull() {
        starts.append(nil)
        lengths.append(0)
        formats.append(0)
        types.append(0)
    }

    private mutating func append(text: String.UTF8View) {
        append(text, type: 0, isBinary: false)
    }

    private mutating func append(_ bytes: some Collection<UInt8>, type: Oid, isBinary: Bool) {
        starts.append(buffer.count)
        lengths.append(Int32(clamping: bytes.count))
        formats.append(isBinary ? 1 : 0)
        types.append(type)
        buffer += bytes
        buffer.append(0)
    }

    private static func withoutNul(_ text: String) throws(DatabaseError) -> String {
        if text.utf8.contains(0) { throw .refused(SQLError(state: "22021", message: "text contains a NUL character")) }
        return text
    }

    private static func literal(_ texts: [String]) throws(DatabaseError) -> String {
        var literal = "{"
        for (index, text) in texts.enumerated() {
            literal += index == 0 ? "\"" : ",\""
            for character in try withoutNul(text).unicodeScalars {
                if character == "\"" || character == "\\" { literal += "\\" }
                literal.unicodeScalars.append(character)
            }
            literal += "\""
        }
        return literal + "}"
    }

    private static func literal(_ values: [[UInt8]]) -> [UInt8] {
        var literal = Array("{".utf8)
        for value in values {
            literal += (literal.count == 1 ? "\"\\\\x" : ",\"\\\\x").utf8
            for byte in value {
                literal.append(hexadecimalDigit(byte >> 4))
                literal.append(hexadecimalDigit(byte & 15))
            }
            literal.append(UInt8(ascii: "\""))
        }
        return literal + "}".utf8
    }

    private static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
