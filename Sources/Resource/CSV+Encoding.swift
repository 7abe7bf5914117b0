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
        let content = bytes.starts(with: CSV.byteOrderMark) ? bytes.dropFirst(3) : bytes[...]
        if let text = String(validating: content, as: UTF8.self) { return (text, .utf8) }
        var scalars = String.UnicodeScalarView()
        for byte in bytes {
            switch byte {
            case 0x80...0x9F:
                guard let scalar = between[Int(byte - 0x80)] else { throw CSVFile.Fault(.notAText) }
                scalars.append(scalar)
            default: scalars.append(Unicode.Scalar(byte))
            }
        }
        return (String(scalars), .windows1252)
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
}
