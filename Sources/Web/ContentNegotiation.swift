/// Which form of answer a client takes, by `?format=` and `Accept`, decided as the legacy API decides it.
enum ContentNegotiation {
    /// `text/html` is a browser: where the legacy API drew a page around the JSON, it gets the JSON.
    private static let ranges: Set = [
        "*/*", "application/*", "application/json", "text/*", "text/html", problem,
    ]
    private static let formats: Set = ["", "json", "api"]
    /// Errors in the form of RFC 9457.
    static let problem = "application/problem+json"

    /// Refuses what no answer would satisfy; a path without a slash at its end is a file, which has a form of its own.
    /// - Parameter offersFiles: the path is a list that is also handed out as a file.
    /// - Throws: 404 for an unknown `?format=`, 406 for an `Accept` without a form of ours.
    static func check(_ request: Request, offersFiles: Bool) throws(HTTPError) {
        guard request.path.hasSuffix("/") else { return }
        let files = offersFiles ? ListFile.allCases : []
        if let format = request.queryValue("format"), !formats.contains(format),
            !files.contains(where: { $0.rawValue == format })
        {
            throw .notFound()
        }
        guard let header = header(of: request), !ranges.contains(header) else { return }
        guard types(header).contains(where: { type in ranges.contains(type) || files.contains { $0.type == type } })
        else { throw HTTPError(406, .notAcceptable) }
    }

    /// The file that the client wants most, if it is one: by `?format=`, else by `Accept`, of equals the first.
    static func file(_ request: Request) -> ListFile? {
        if let format = request.queryValue("format"), !format.isEmpty { return ListFile(rawValue: format) }
        guard let header = header(of: request) else { return nil }
        let wishes = header.split(separator: ",").compactMap { HeaderValue(String($0)) }
            .map { wish in
                let file = ListFile.allCases.first { $0.type == wish.value }
                return (type: wish.value, file: file, weight: wish["q"].flatMap(Double.init) ?? 1)
            }
            .filter { ranges.contains($0.type) || $0.file != nil }
        let most = wishes.map(\.weight).max() ?? 0
        return most > 0 ? wishes.first { $0.weight == most }?.file : nil
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
    /// The file as which the client wants a list; nil for JSON.
    package var wantedFile: ListFile? { ContentNegotiation.file(self) }

    /// Whether a person's browser asks, and the answer goes to a person's program.
    package var isFromBrowser: Bool { ContentNegotiation.header(of: self)?.contains("text/html") ?? false }
}

/// A list as a file; its raw value is that of `?format=` and the ending of its name.
package enum ListFile: String, CaseIterable, Sendable {
    /// Comma-separated values (RFC 4180).
    case csv
    /// A workbook of one sheet (ECMA-376).
    case xlsx

    /// The media type, without parameters.
    package var type: String {
        switch self {
        case .csv: "text/csv"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
    }
}
