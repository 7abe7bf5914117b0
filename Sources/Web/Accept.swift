/// Which form of answer a client takes, by `?format=` and `Accept`, decided as the original decides it.
enum Accept {
    /// `text/html` is a browser: where the original drew a page around the JSON, it gets the JSON.
    private static let ranges: Set = [
        "*/*", "application/*", "application/json", "text/*", "text/html", problem,
    ]
    private static let formats: Set = ["", "json", "api"]
    /// Errors in the form of RFC 9457.
    static let problem = "application/problem+json"

    /// Refuses what no answer would satisfy; a path without a slash at its end is a file, which has a form of its own.
    /// - Throws: 404 for an unknown `?format=`, 406 for an `Accept` without a form of ours.
    static func check(_ request: Request) throws(HTTPError) {
        guard request.path.hasSuffix("/") else { return }
        if let format = request.queryValue("format"), !formats.contains(format) { throw .notFound() }
        guard let header = header(of: request), !ranges.contains(header) else { return }
        guard types(header).contains(where: ranges.contains) else { throw HTTPError(406, .notAcceptable) }
    }

    /// True when the client names problem details among what it takes.
    static func wantsProblem(_ request: Request) -> Bool {
        header(of: request).map { types($0).contains(problem) } ?? false
    }

    private static func header(of request: Request) -> String? { request.parameters["HTTP_ACCEPT"] }

    private static func types(_ header: String) -> [String] {
        header.split(separator: ",").compactMap { HeaderValue(String($0))?.value }
    }
}
