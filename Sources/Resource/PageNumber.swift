import JSON
import Web

/// Which page of a list a client asks for.
enum PageNumber: Equatable {
    case number(Int64)
    case last

    /// - Throws: 404 `Invalid page.`, as the legacy API, when it is neither `last` nor a positive number.
    init(_ request: Request) throws(HTTPError) {
        let text = request.queryValue("page") ?? ""
        if text.isEmpty {
            self = .number(1)
        } else if text == "last" {
            self = .last
        } else if case .success(.integer(let number)) = FieldKind.integer(1...100_000_000).parse(.string(text)),
            !text.contains(".")
        {
            self = .number(number)
        } else {
            throw HTTPError(404, .invalidPage)
        }
    }

    /// 20 unless `?page_size=` says 1 to 100; a larger or senseless one is brought into that range.
    static func size(_ request: Request) -> Int64 {
        request.queryValue("page_size").flatMap { WholeNumber.nearest(to: $0, in: 1...100) } ?? 20
    }

    /// Its number; nil for the last.
    var number: Int64? {
        if case .number(let number) = self { number } else { nil }
    }

    /// SQL for how many rows stand before the page; the last page is found by the count itself.
    func offset(size: Int64, count: String) -> String {
        switch self {
        case .number(let number): "\((number - 1) * size)"
        case .last: "greatest(((\(count)) - 1) / \(size), 0) * \(size)"
        }
    }

    /// The number of this page among so many rows; 404 when it lies behind the end.
    func number(of count: Int64, size: Int64) throws(HTTPError) -> Int64 {
        let pages = max((count + size - 1) / size, 1)
        switch self {
        case .last: return pages
        case .number(let number):
            guard number <= pages else { throw HTTPError(404, .invalidPage) }
            return number
        }
    }
}

/// The legacy API's list envelope: `{count, next, previous, results}` with absolute links.
struct PageEnvelope {
    let request: Request
    let number: Int64
    let size: Int64
    let count: Int64

    /// - Parameter results: writes the rows of the page.
    func write(to writer: inout JSONWriter, results: (inout JSONWriter) throws -> Void) rethrows {
        writer.append("{\"count\":\(count),\"next\":")
        writer.write(number * size < count ? link(number + 1) : .null)
        writer.append(",\"previous\":")
        writer.write(number > 1 ? link(number - 1) : .null)
        writer.append(",\"results\":")
        try results(&writer)
        writer.append("}")
    }

    /// Other parameters stay, in alphabetical order; page 1 has no `page`.
    private func link(_ page: Int64) -> JSON {
        var items = request.query.filter { $0.name != "page" }
        if page > 1 { items.append(QueryItem("page", String(page))) }
        return .string(request.link(to: items))
    }
}

extension Request {
    /// Its own absolute address with another query.
    func link(to items: [QueryItem]) -> String {
        let query = QueryItem.encode(items.sorted { $0.name < $1.name })
        return origin + path + (query.isEmpty ? "" : "?" + query)
    }
}
