/// FastCGI records as a web server sends them.
///
/// Source: FastCGI Specification 1.0, section 3.3.
enum Records {
    static func begin(keep: Bool = false, id: UInt16 = 1) -> [UInt8] {
        record(1, id: id, [0, 1, keep ? 1 : 0, 0, 0, 0, 0, 0])
    }

    static func abort() -> [UInt8] { record(2, []) }

    static func parameters(_ pairs: [(String, [UInt8])], id: UInt16 = 1) -> [UInt8] {
        let content = pairs.flatMap { name, value in
            length(name.utf8.count) + length(value.count) + Array(name.utf8) + value
        }
        return record(4, id: id, content) + record(4, id: id, [])
    }

    static func body(_ content: [UInt8], piece: Int = 8000, end: Bool = true) -> [UInt8] {
        var records: [UInt8] = []
        for start in stride(from: 0, to: content.count, by: piece) {
            records += record(5, Array(content[start..<min(start + piece, content.count)]))
        }
        return records + (end ? record(5, []) : [])
    }

    /// A whole request.
    static func request(
        _ parameters: [String: String] = [:], body: [UInt8] = [], piece: Int = 8000, keep: Bool = false
    ) -> [UInt8] {
        var pairs = parameters.map { ($0.key, Array($0.value.utf8)) }
        if parameters["CONTENT_LENGTH"] == nil { pairs.append(("CONTENT_LENGTH", Array(String(body.count).utf8))) }
        return begin(keep: keep) + Self.parameters(pairs) + Self.body(body, piece: piece)
    }

    private static func record(_ type: UInt8, id: UInt16 = 1, _ content: [UInt8]) -> [UInt8] {
        let length = UInt16(content.count)
        return [1, type, UInt8(id >> 8), UInt8(id & 255), UInt8(length >> 8), UInt8(length & 255), 0, 0] + content
    }

    private static func length(_ count: Int) -> [UInt8] {
        if count < 128 { return [UInt8(count)] }
        return [UInt8(count >> 24 & 127) | 128, UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), UInt8(count & 255)]
    }
}

/// What came back, taken apart.
struct Answer {
    var output: [UInt8] = []
    var hasEnd = false
    var ends = 0

    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while rest.count >= 8 {
            let header = Array(rest.prefix(8))
            let length = Int(header[4]) << 8 | Int(header[5])
            let content = rest.dropFirst(8).prefix(length)
            if header[1] == 6 { output += content }
            if header[1] == 3 { ends += 1 }
            rest = rest.dropFirst(8 + length + Int(header[6]))
        }
        hasEnd = ends == 1
    }

    var text: String { String(decoding: output, as: UTF8.self) }
}
