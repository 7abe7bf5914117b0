package import JSON

/// The named values of a request's body, whichever way the client wrote them.
package struct Form: Sendable {
    let items: [FormItem]
    /// Written by an HTML form, which repeats a name instead of writing a list.
    package let isEncoded: Bool

    /// As if a client had sent these members as JSON.
    package init(_ values: [JSON.Member]) {
        self.init(values.map { FormItem($0.name, .json($0.value)) }, isEncoded: false)
    }

    private init(_ items: [FormItem], isEncoded: Bool) {
        self.items = items
        self.isEncoded = isEncoded
    }

    /// Reads the body as its `Content-Type` says; no body is an empty form, as in the legacy API.
    /// - Throws: 415 for a type or charset we do not read; 400 for a broken body or one that is not an object.
    package init(_ request: Request) throws(HTTPError) {
        guard !request.body.isEmpty else {
            self.init([], isEncoded: false)
            return
        }
        // As nearly every program writes it.
        if request.contentType == "application/json" {
            self.init(try Self.json(request.body, .utf8))
            return
        }
        let type = HeaderValue(request.contentType ?? "")
        let charset = Charset(type?["charset"] ?? "utf-8")
        switch (type?.value, charset) {
        case ("application/json", let charset?): self.init(try Self.json(request.body, charset))
        case ("application/x-www-form-urlencoded", .utf8):
            self.init(try Self.urlEncoded(request.body), isEncoded: true)
        case ("multipart/form-data", _):
            self.init(try Multipart(request.body, boundary: type?["boundary"]).items, isEncoded: true)
        default: throw HTTPError(415, .unsupportedMediaType(request.contentType ?? ""))
        }
    }

    /// The same form with this text as the only value of that name; nil removes the name.
    package func with(_ name: String, _ text: String?) -> Form {
        Form(
            items.filter { $0.name != name } + (text.map { [FormItem(name, .json(.string($0)))] } ?? []),
            isEncoded: isEncoded)
    }

    /// What it says of these names alone; of a file also whether it is taken away (`photo.remove`).
    package func keeping(_ names: Set<String>) -> Form {
        Form(
            items.filter { names.contains(String($0.name.prefix { $0 != "." })) }, isEncoded: isEncoded)
    }

    /// All texts of that name, blank ones left out.
    package func texts(_ name: String) -> [String] {
        items.compactMap { item in
            if item.name == name, case .json(.string(let text)) = item.value, !text.isEmpty { text } else { nil }
        }
    }

    /// All texts with their names, in the order sent.
    package var texts: [QueryItem] {
        items.compactMap { item in
            if case .json(.string(let text)) = item.value { QueryItem(item.name, text) } else { nil }
        }
    }

    /// Whether the client sent no value at all.
    package var isEmpty: Bool { items.isEmpty }

    /// The last value of that name; nil when the client sent none.
    package subscript(_ name: String) -> FormValue? {
        items.last { $0.name == name }?.value
    }

    /// The text of a field of a page; empty when there is none.
    package func text(_ name: String) -> String {
        if case .json(.string(let text))? = self[name] { text } else { "" }
    }

    /// The value of a list: an HTML form repeats the name instead, and says with a blank one that there is none.
    package func repeated(_ name: String) -> FormValue? {
        guard isEncoded else { return self[name] }
        let values = items.filter { $0.name == name }.map(\.value)
        let items = values.map { $0.json ?? .null }
        return values.isEmpty ? nil : .json(.array(items.first == "" ? Array(items.dropFirst()) : items))
    }

    private static func json(_ body: [UInt8], _ charset: Charset) throws(HTTPError) -> [JSON.Member] {
        var body = body
        if charset != Charset.utf8 {
            guard let text = charset.text(body) else { throw .badRequest(.brokenJSON(.otherCharset)) }
            body = Array(text.utf8)
        }
        let value: JSON
        do { value = try JSON(parsing: body) } catch { throw .badRequest(.brokenJSON(error.text)) }
        guard case .object(let members) = value else {
            if value == .null { throw .invalid([FieldError(FieldError.wholeObject, .noData)]) }
            throw .invalid([FieldError(FieldError.wholeObject, .notADictionary(value.typeName))])
        }
        return members
    }

    private static func urlEncoded(_ body: [UInt8]) throws(HTTPError) -> [FormItem] {
        guard let text = String(validating: body, as: UTF8.self) else { throw .badRequest(.notUTF8) }
        return try QueryItem.parse(text).map { FormItem($0.name, .json(.string($0.value.withLineFeeds))) }
    }
}

extension String {
    /// Lines as they are kept: browsers end them with two characters wherever they send them (HTML, 4.10.22.4).
    package var withLineFeeds: String {
        utf8.contains(UInt8(ascii: "\r")) ? replacing("\r\n", with: "\n").replacing("\r", with: "\n") : self
    }
}

extension Text {
    fileprivate static let otherCharset = Text(
        "not of the charset it claims", es: "no está en la codificación que indica")
}

/// One named value of a form.
struct FormItem: Sendable, Equatable {
    let name: String
    let value: FormValue

    init(_ name: String, _ value: FormValue) {
        self.name = name
        self.value = value
    }
}

/// What a client gave under one name.
package enum FormValue: Sendable, Equatable {
    case json(JSON)
    case file(UploadedFile)

    /// The value; nil for a file.
    package var json: JSON? {
        if case .json(let json) = self { json } else { nil }
    }

    /// The legacy API's name of its type, as its messages show it.
    package var typeName: String {
        switch self {
        case .json(let json): json.typeName
        case .file: "InMemoryUploadedFile"
        }
    }
}
