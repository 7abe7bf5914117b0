import JSON

/// The parts of a `multipart/form-data` body (RFC 7578, RFC 2046 §5.1), read by bytes in one pass.
struct Multipart {
    /// More than any form of ours has.
    static let maximumParts = 100
    /// Headers of one part, in bytes.
    static let maximumHead = 4096
    /// Text of one part, in bytes: as much as a body without files may have.
    static let maximumText = 16_384

    private(set) var items: [FormItem] = []
    private let body: [UInt8]
    /// `CRLF--boundary`: what stands before every part but perhaps the first.
    private let delimiter: [UInt8]
    private var position = 0
    private var count = 0
    /// Of texts that name none (`_charset_`, RFC 7578 §4.6).
    private var charset = Charset.utf8

    /// - Throws: 400 when it is broken, 413 when a text or the number of parts is too large, 415 for an unknown charset.
    init(_ body: [UInt8], boundary: String?) throws(HTTPError) {
        guard let boundary, (1...70).contains(boundary.utf8.count), !boundary.utf8.contains(where: { $0 < 0x20 }) else {
            throw Self.broken("the boundary is missing or malformed", es: "falta el delimitador o está mal formado")
        }
        self.body = body
        delimiter = Array("\r\n--\(boundary)".utf8)
        try findFirst()
        while try beginsPart() { try readPart() }
    }

    /// Behind the first delimiter; what stands before it is ignored (RFC 2046, 5.1.1).
    private mutating func findFirst() throws(HTTPError) {
        if body.starts(with: delimiter.dropFirst(2)) {
            position = delimiter.count - 2
        } else if let found = index(of: delimiter, from: 0, before: body.count) {
            position = found + delimiter.count
        } else {
            throw Self.broken("the boundary does not occur", es: "el delimitador no aparece")
        }
    }

    /// Whether a part follows the delimiter just passed; two hyphens end the body.
    private mutating func beginsPart() throws(HTTPError) -> Bool {
        if body[position...].starts(with: "--".utf8) { return false }
        while position < body.count, body[position] == 0x20 || body[position] == 0x09 { position += 1 }
        guard body[position...].starts(with: "\r\n".utf8) else {
            throw Self.broken("a boundary is not a line", es: "un delimitador no está solo en su línea")
        }
        position += 2
        count += 1
        guard count <= Self.maximumParts else { throw HTTPError(413, .bodyTooLarge) }
        return true
    }

    private mutating func readPart() throws(HTTPError) {
        let head = try readHead()
        guard let end = index(of: delimiter, from: position, before: body.count) else {
            throw Self.broken("the last boundary is missing", es: "falta el último delimitador")
        }
        let content = body[position..<end]
        position = end + delimiter.count
        guard let disposition = head["content-disposition"], disposition.value == "form-data",
            let name = disposition["name"], !name.unicodeScalars.contains("\0")
        else { throw Self.broken("a part has no name", es: "una parte no tiene nombre") }
        let encoding = head["content-transfer-encoding"]?.value ?? "binary"
        guard ["binary", "8bit", "7bit"].contains(encoding) else {
            throw Self.broken("a part is encoded", es: "una parte está codificada")
        }
        if let file = disposition["filename"] {
            // A file field left empty has an empty name: nothing was sent.
            guard !file.isEmpty else { return }
            items.append(FormItem(name, .file(Self.file(file, head["content-type"]?.value, content))))
        } else {
            items.append(FormItem(name, .json(.string(try text(content, head["content-type"]).withLineFeeds))))
            if name == "_charset_" { try setCharset() }
        }
    }

    /// The header lines of a part, by lower-case name.
    private mutating func readHead() throws(HTTPError) -> [String: HeaderValue] {
        let blank = Array("\r\n\r\n".utf8)
        guard let end = index(of: blank, from: position, before: min(position + Self.maximumHead, body.count)) else {
            throw Self.broken("a part has no end of headers", es: "los encabezados de una parte no terminan")
        }
        guard let text = String(validating: body[position..<end], as: UTF8.self) else { throw .badRequest(.notUTF8) }
        position = end + blank.count
        var head: [String: HeaderValue] = [:]
        for line in text.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":"),
                let value = HeaderValue(String(line[line.index(after: colon)...]))
            else { throw Self.broken("a header is malformed", es: "un encabezado está mal formado") }
            head[String(line[..<colon]).lowercased()] = value
        }
        return head
    }

    private func text(_ content: ArraySlice<UInt8>, _ type: HeaderValue?) throws(HTTPError) -> String {
        guard content.count <= Self.maximumText else { throw HTTPError(413, .bodyTooLarge) }
        var charset = charset
        if let name = type?["charset"] {
            guard let named = Charset(name) else { throw HTTPError(415, .unsupportedMediaType("charset=\(name)")) }
            charset = named
        }
        guard let text = charset.text(content) else { throw .badRequest(.notUTF8) }
        return text
    }

    private mutating func setCharset() throws(HTTPError) {
        guard case .json(.string(let name))? = items.last?.value, let named = Charset(name) else {
            throw Self.broken("the charset is unknown", es: "la codificación es desconocida")
        }
        charset = named
    }

    private static func file(_ name: String, _ type: String?, _ content: ArraySlice<UInt8>) -> UploadedFile {
        let last = name.split(whereSeparator: { "/\\".contains($0) }).last.map(String.init) ?? ""
        let visible = String(String.UnicodeScalarView(last.unicodeScalars.filter { $0.value >= 0x20 }))
        return UploadedFile(name: visible, contentType: type ?? "", bytes: Array(content))
    }

    /// Linear: a delimiter begins with the only carriage return it has.
    private func index(of bytes: [UInt8], from start: Int, before end: Int) -> Int? {
        var index = start
        while index + bytes.count <= end {
            guard let next = body[index..<end].firstIndex(of: bytes[0]) else { return nil }
            if body[next..<end].starts(with: bytes) { return next }
            index = next + 1
        }
        return nil
    }

    private static func broken(_ reason: String, es spanish: String) -> HTTPError {
        .badRequest(.brokenMultipart(Text(reason, es: spanish)))
    }
}
