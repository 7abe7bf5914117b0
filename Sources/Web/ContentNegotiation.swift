/// Which form of answer a client takes, by `?format=` and `Accept`, decided as the legacy API decides it.
enum ContentNegotiation {
    /// `text/html` is a browser: where the legacy API drew a page around the JSON, it gets the JSON.
    private static let ranges: Set = [
        "*/*", "application/*", "application/json", "text/*", "text/html", problem,
    ]
    private static let formats: Set = ["", "json", "api"]
    /// Lists as files.
    private static let csv = "text/csv"
    /// Errors in the form of RFC 9457.
    static let problem = "application/problem+json"

    /// Refuses what no answer would satisfy; a path without a slash at its end is a file, which has a form of its own.
    /// - Parameter offersCSV: the path is a list that is also handed out as a file.
    /// - Throws: 404 for an unknown `?format=`, 406 for an `Accept` without a form of ours.
    static func check(_ request: Request, offersCSV: Bool) throws(HTTPError) {
        guard request.path.hasSuffix("/") else { return }
        if let format = request.queryValue("format"), !formats.contains(format), !(offersCSV && format == "csv") {
            throw .notFound()
        }
        guard let header = header(of: request), !ranges.contains(header) else { return }
        guard types(header).contains(where: { ranges.contains($0) || (offersCSV && $0 == csv) }) else {
            throw HTTPError(406, .notAcceptable)
        }
    }

    /// Whether a file is what the client wants most: by `?format=csv`, else by `Accept`, of equals the first.
    static func wantsCSV(_ request: Request) -> Bool {
        if let format = request.queryValue("format"), !format.isEmpty { return format == "csv" }
        guard let header = header(of: request) else { return false }
        let wishes = header.split(separator: ",").compactMap { HeaderValue(String($0)) }
            .filter { ranges.contains($0.value) || $0.value == csv }
            .map { (type: $0.value, weight: $0["q"].flatMap(Double.init) ?? 1) }
        let most = wishes.map(\.weight).max() ?? 0
        return most > 0 && wishes.first { $0.weight == most }?.type == csv
    }

    /// True when the client names problem details among what it takes.
    static func wantsProblem(_ request: Request) -> Bool {
        header(of: request).map { types($0).contains(problem) } ?? false
    }

    /// Types and parameters are compared without regard to case (RFC 9110, 8.3.1).
    fileprivate static func header(of request: Request) -> String? { request.parameters["HTTP_ACCEPT"]?.lowercased() }

    private static func types(_ header: String) -> [String] {
        header.split(separator: ",").compactMap { HeaderValue(String($0))?.value }
    }
}

extension Request {
    /// Whether the client wants a list as comma-separated values.
    package var wantsCSV: Bool { ContentNegotiation.wantsCSV(self) }

    /// Whether a person's browser asks, and the answer goes to a person's program.
    package var isFromBrowser: Bool { ContentNegotiation.header(of: self)?.contains("text/html") ?? false }
}
