import Web

/// How the bytes of a file are text.
package enum CSVEncoding: String, Sendable {
    case utf8 = "UTF-8"
    case windows1252 = "Windows-1252"
    case utf16 = "UTF-16"

    /// The text of a file, and what it was written in.
    ///
    /// What is not UTF-8 is taken for what spreadsheets write in western Europe and America.
    package static func read(_ bytes: [UInt8]) throws(CSVFile.Fault) -> (text: String, encoding: CSVEncoding) {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            guard let text = Charset.utf16.text(bytes), !text.utf8.contains(0) else { throw CSVFile.Fault(.notAText) }
            return (text, .utf16)
        }
        guard !bytes.contains(0), !bytes.starts(with: "PK\u{3}\u{4}".utf8) else { throw CSVFile.Fault(.notAText) }
        let isMarked = bytes.starts(with: CSV.byteOrderMark)
        let content = isMarked ? bytes.dropFirst(CSV.byteOrderMark.count) : bytes[...]
        if let text = String(validating: content, as: UTF8.self) { return (text, .utf8) }
        if let line = firstOtherLine(content, isMarked: isMarked) { throw CSVFile.Fault(.twoEncodings(line)) }
        return (try windows1252(bytes), .windows1252)
    }

    /// The first line that is not UTF-8 while others are; nil when nothing is written in UTF-8.
    private static func firstOtherLine(_ bytes: ArraySlice<UInt8>, isMarked: Bool) -> Int? {
        var first: Int?
        var isUTF8 = isMarked
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            guard line.contains(where: { $0 >= 0x80 }) else { continue }
            if String(validating: line, as: UTF8.self) == nil {
                first = first ?? index + 1
            } else {
                // Pairs of other bytes are also words in capitals and a quotation mark: `CAFÉ”`.
                isUTF8 = isUTF8 || line.contains { (0xC2...0xC5).contains($0) || $0 >= 0xE0 }
            }
        }
        return isUTF8 ? first : nil
    }

    /// - Throws: when letters of it show that it is another encoding.
    private static func windows1252(_ bytes: [UInt8]) throws(CSVFile.Fault) -> String {
        var scalars = String.UnicodeScalarView()
        var line = 1
        for (index, byte) in bytes.enumerated() {
            if byte == 0x0A || byte == 0x0D && !bytes[index...].dropFirst().starts(with: [0x0A]) { line += 1 }
            guard let scalar = scalar(of: byte) else { throw CSVFile.Fault(.otherEncoding(line)) }
            scalars.append(scalar)
        }
        let text = String(scalars)
        if let place = TextDamage(text, .assumed).place {
            let before = scalars.prefix(place).filter { $0 == "\n" }.count
            throw CSVFile.Fault(.otherEncoding(max(before, scalars.prefix(place).filter { $0 == "\r" }.count) + 1))
        }
        return text
    }

    private static func scalar(of byte: UInt8) -> Unicode.Scalar? {
        (0x80...0x9F).contains(byte) ? between[Int(byte - 0x80)] : Unicode.Scalar(byte)
    }

    /// The byte of Windows-1252 for a scalar beyond Latin-1.
    static func byte(of scalar: Unicode.Scalar) -> UInt8? {
        between.firstIndex(of: scalar).flatMap { UInt8(exactly: 0x80 + $0) }
    }

    /// What Windows-1252 has between the letters of ASCII and those of Latin-1.
    ///
    /// Source: WHATWG, "Encoding", index windows-1252; the five bytes it has no letter for are refused.
    private static let between: [Unicode.Scalar?] = [
        "\u{20AC}", nil, "\u{201A}", "\u{192}", "\u{201E}", "\u{2026}", "\u{2020}", "\u{2021}", "\u{2C6}", "\u{2030}",
        "\u{160}", "\u{2039}", "\u{152}", nil, "\u{17D}", nil, nil, "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}",
        "\u{2022}", "\u{2013}", "\u{2014}", "\u{2DC}", "\u{2122}", "\u{161}", "\u{203A}", "\u{153}", nil, "\u{17E}",
        "\u{178}",
    ]
}

extension Text {
    fileprivate static let notAText = Text(
        "This is not a CSV file. In your spreadsheet choose “Save as” and “CSV UTF-8”.",
        es: "No es un archivo CSV. En su hoja de cálculo elija «Guardar como» y «CSV UTF-8».")

    fileprivate static func twoEncodings(_ line: Int) -> Text {
        Text(
            "Line \(line) is written in another encoding than other lines, and its letters cannot be read. Correct them in your"
                + " spreadsheet, choose “Save as” and “CSV UTF-8”.",
            es:
                "La línea \(line) está en otra codificación que las demás y sus letras no se pueden leer. Corríjalas en su hoja"
                + " de cálculo, elija «Guardar como» y «CSV UTF-8».")
    }

    fileprivate static func otherEncoding(_ line: Int) -> Text {
        Text(
            "Letters of line \(line) cannot be read: the file is in an encoding that is not UTF-8, UTF-16 or Windows-1252. In"
                + " your spreadsheet choose “Save as” and “CSV UTF-8”.",
            es:
                "No se pueden leer letras de la línea \(line): el archivo está en una codificación que no es UTF-8, UTF-16 ni"
                + " Windows-1252. En su hoja de cálculo elija «Guardar como» y «CSV UTF-8».")
    }
}
