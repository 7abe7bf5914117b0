package import Web

extension Response {
    /// A file of comma-separated values for a person, to be opened with a spreadsheet.
    ///
    /// - Parameters:
    ///   - name: of the file, without `.csv`, in ASCII.
    ///   - title: its name in the reader's language.
    ///   - lines: as `CSV.line` makes them, the names of the columns first.
    package static func csv(named name: some StringProtocol, title: String, _ lines: [String]) -> Response {
        Response(
            200, headers: headers(.csv, named: name, title: title), body: CSV.byteOrderMark + Array(lines.joined().utf8)
        )
    }

    /// A list as a file, made while it is sent.
    ///
    /// - Parameters:
    ///   - name: of the file, without its ending, in ASCII.
    ///   - title: its name in the reader's language.
    static func file(
        _ file: ListFile, named name: some StringProtocol, title: String, producing body: @escaping BodyStream
    ) -> Response {
        Response(200, headers: headers(file, named: name, title: title), producing: body)
    }

    /// The second name is for programs that read RFC 8187, which is all of today.
    private static func headers(_ file: ListFile, named name: some StringProtocol, title: String) -> [Header] {
        let isText = file == .csv
        let other = "filename*=UTF-8''\(percentEncoded(title)).\(file.rawValue)"
        return [
            Header("Content-Type", file.type + (isText ? "; charset=utf-8" : "")),
            Header("Content-Disposition", "attachment; filename=\"\(name).\(file.rawValue)\"; \(other)"),
        ]
    }

    /// Everything but letters and digits of ASCII, which `attr-char` of RFC 8187 has in any case.
    private static func percentEncoded(_ text: String) -> String {
        text.utf8.map { byte in
            let letter = Character(Unicode.Scalar(byte))
            if letter.isASCII, letter.isLetter || letter.isNumber { return String(letter) }
            let digits = String(byte, radix: 16, uppercase: true)
            return byte < 16 ? "%0\(digits)" : "%\(digits)"
        }.joined()
    }
}
