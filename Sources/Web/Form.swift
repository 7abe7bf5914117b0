package import JSON

/// The named values of a request's body, whichever way the client wrote them.
package struct Form: Sendable {
    package let values: [JSON.Member]

    package init(_ values: [JSON.Member]) {
        self.values = values
    }

    /// Reads the body as its `Content-Type` says.
    /// - Throws: 415 for a type we do not read; 400 for a broken body or one that is not an object.
    package init(_ request: Request) throws(HTTPError) {
        let type = (request.contentType ?? "").split(separator: ";").first.map { FieldText.trimmed(String($0)) } ?? ""
        switch type.lowercased() {
        case "application/json": self.init(try Self.json(request.body))
        case "application/x-www-form-urlencoded": self.init(try Self.urlEncoded(request.body))
        case "" where request.body.isEmpty: self.init([])
        default: throw HTTPError(415, .unsupportedMediaType(request.contentType ?? ""))
        }
    }

    /// The last value of that name; nil when the client sent none.
    package subscript(_ name: String) -> JSON? {
        values.last { $0.name == name }?.value
    }

    private static func json(_ body: [UInt8]) throws(HTTPError) -> [JSON.Member] {
        let value: JSON
        do { value = try JSON(parsing: body) } catch { throw .badRequest(.brokenJSON(error.description)) }
        guard case .object(let members) = value else {
            throw .invalid([FieldError(FieldError.wholeObject, .notADictionary(value.typeName))])
        }
        return members
    }

    private static func urlEncoded(_ body: [UInt8]) throws(HTTPError) -> [JSON.Member] {
        guard let text = String(validating: body, as: UTF8.self) else { throw .badRequest(.notUTF8) }
        return try QueryItem.parse(text).map { JSON.Member(name: $0.name, value: .string($0.value)) }
    }
}
