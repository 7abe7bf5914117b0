/// A QR code (ISO/IEC 18004, error correction M: up to 15 % of it may be unreadable) of one text.
package struct QRCode: Equatable, Sendable {
    /// Light modules around the symbol that the standard asks for.
    static let quietZone = 4

    /// Modules along one side, without the quiet zone.
    package let side: Int

    /// `side * side` modules, row by row from the top left; true is dark.
    let modules: [Bool]

    /// Encodes `text` as it is, letter case and all, in the smallest symbol that holds it.
    package init(text: String) throws(QRCodeError) {
        let symbol = try EncodedSymbol(text: text)
        side = symbol.side
        modules = symbol.modules()
    }

    /// Whether the module is dark; outside the symbol all is light.
    func isDark(column: Int, row: Int) -> Bool {
        guard (0..<side).contains(column), (0..<side).contains(row) else { return false }
        return modules[row * side + column]
    }
}

/// Why there is no QR code, or no picture of one.
package enum QRCodeError: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is nothing to encode.
    case emptyText
    /// C strings end at NUL: the rest would silently be missing.
    case nullCharacter
    /// More than the largest symbol holds (2331 bytes at level M).
    case textTooLong
    /// The scale is below 1 or above 40 pixels for a module.
    case scaleOutOfRange
    /// The library failed, which means memory ran out.
    case libraryFailure

    /// The reason in English, without the text.
    package var description: String {
        switch self {
        case .emptyText: "The text is empty"
        case .nullCharacter: "Null characters are not allowed"
        case .textTooLong: "The text is too long for a QR code"
        case .scaleOutOfRange: "The scale is out of range"
        case .libraryFailure: "The QR code could not be drawn"
        }
    }
}
