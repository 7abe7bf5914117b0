package import Web

extension Response {
    /// A file of comma-separated values for a person, to be opened with a spreadsheet.
    ///
    /// - Parameters:
    ///   - name: of the file, without `.csv`.
    ///   - lines: as `CSV.line` makes them, the names of the columns first.
    package static func csv(named name: some StringProtocol, _ lines: [String]) -> Response {
        Response(200, headers: headers(csv: name), body: CSV.byteOrderMark + Array(lines.joined().utf8))
    }

    /// The same, made while it is sent; whoever makes it decides about the mark in front.
    package static func csv(named name: some StringProtocol, producing body: @escaping BodyStream) -> Response {
        Response(200, headers: headers(csv: name), producing: body)
    }

    private static func headers(csv name: some StringProtocol) -> [Header] {
        [
            Header("Content-Type", "text/csv; charset=utf-8"),
            Header("Content-Disposition", "attachment; filename=\"\(name).csv\""),
        ]
    }
}
