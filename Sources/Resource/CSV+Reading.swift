package import Web

/// A file of comma-separated values as somebody brought it in (RFC 4180), every cell still text.
///
/// Strict about quotation marks, lenient about what spreadsheets do otherwise: semicolons or tabs for commas, lines that
/// end in CR, LF or both, blank lines, Windows-1252 and UTF-16 for UTF-8.
package struct CSVFile {
    /// More columns than any table has; blank cells at the end of a line, which spreadsheets write by the thousand, are none.
    package static let maximumColumns = 256
    /// Of one cell, in bytes: as much as any other body of text may have.
    package static let maximumCell = 16_384

    /// One line of cells.
    package struct Row {
        /// The line of the file that it begins in, from 1.
        package let line: Int
        /// As text, blank ones at the end left out.
        package let cells: [String]
        /// Places of the cells that an apostrophe says to be text, whatever a spreadsheet would make of them.
        package let texts: Set<Int>

        fileprivate init(line: Int, written: [String]) {
            self.line = line
            cells = written.map(CSV.meant)
            texts = Set(written.indices.filter { written[$0].utf8.first == UInt8(ascii: "'") })
        }
    }

    /// The first line.
    package let header: [String]
    /// Cells of the first line, blank ones at its end too.
    package let width: Int
    /// The others, blank ones left out.
    package let rows: [Row]
    /// What stands between cells.
    package let separator: Character

    /// What cannot be read, and the line it is in.
    package struct Fault: Error, Equatable {
        /// For the person who brought the file.
        package let text: Text

        init(_ text: Text) { self.text = text }
    }

    /// - Parameter maximumRows: more than this are refused.
    package init(_ text: String, maximumRows: Int) throws(Fault) {
        let layout = Layout(of: Array(text.utf8))
        var reader = Reader(bytes: layout.content, separator: layout.separator, line: layout.line)
        guard let header = try reader.next() else { throw Fault(.emptyFile) }
        let width = reader.width
        var rows: [Row] = []
        while let row = try reader.next() {
            guard rows.count < maximumRows else { throw Fault(.tooManyRows(maximumRows)) }
            rows.append(row)
        }
        self.header = header.cells
        self.width = width
        self.rows = rows
        separator = Character(Unicode.Scalar(layout.separator))
    }

    /// Places of columns, from 0, in which rows hold something that the first line gives no name, with the first such
    /// line.
    package var namelessColumns: [(place: Int, line: Int)] {
        (0..<min(width, Self.maximumColumns)).compactMap { place in
            let holds = { (cells: [String]) in place < cells.count && !cells[place].allSatisfy(\.isWhitespace) }
            guard !holds(header) else { return nil }
            return rows.first { holds($0.cells) }.map { (place, $0.line) }
        }
    }

    /// The cells in their order.
    private struct Reader {
        private static let quote = UInt8(ascii: "\"")
        let bytes: [UInt8]
        let separator: UInt8
        var line: Int
        /// Cells of the line read last.
        private(set) var width = 0
        private var position = 0

        init(bytes: [UInt8], separator: UInt8, line: Int) {
            self.bytes = bytes
            self.separator = separator
            self.line = line
        }

        /// The next line that is not blank; nil at the end.
        mutating func next() throws(Fault) -> Row? {
            while position < bytes.count {
                let start = line
                let cells = try cells()
                if !cells.isEmpty { return Row(line: start, written: cells) }
            }
            return nil
        }

        private mutating func cells() throws(Fault) -> [String] {
            let start = line
            var cells: [String] = []
            var blanks: [String] = []
            width = 0
            repeat {
                width += 1
                let cell = try isBlankCell() ? "" : cell()
                if cell.allSatisfy(\.isWhitespace) {
                    if blanks.count < CSVFile.maximumColumns { blanks.append(cell) }
                    continue
                }
                guard cells.count + blanks.count < CSVFile.maximumColumns else { throw Fault(.tooManyColumns(start)) }
                cells += blanks + [cell]
                blanks.removeAll(keepingCapacity: true)
            } while passSeparator()
            endLine()
            return cells
        }

        /// Files have cells without anything in them by the million: no text is made of these.
        private func isBlankCell() -> Bool { position == bytes.count || isEnd(bytes[position]) }

        private mutating func passSeparator() -> Bool {
            guard position < bytes.count, bytes[position] == separator else { return false }
            position += 1
            return true
        }

        private mutating func cell() throws(Fault) -> String {
            let start = line
            // `="0123"` is how programs keep a spreadsheet from taking a text for a number.
            let isFormula = bytes[position...].starts(with: "=\"".utf8)
            if isFormula { position += 1 }
            let isQuoted = position < bytes.count && bytes[position] == Self.quote
            let read = isQuoted ? try quotedCell() : try plainCell()
            let cell = isFormula ? "=\"\(read)\"" : read
            guard cell.utf8.count <= CSVFile.maximumCell else { throw Fault(.tooLongCell(start)) }
            return cell
        }

        private mutating func plainCell() throws(Fault) -> String {
            let start = position
            while position < bytes.count, !isEnd(bytes[position]) {
                guard bytes[position] != Self.quote else { throw Fault(.strayQuote(line)) }
                position += 1
            }
            return String(decoding: bytes[start..<position], as: UTF8.self)
        }

        private mutating func quotedCell() throws(Fault) -> String {
            let start = line
            var content: [UInt8] = []
            position += 1
            while true {
                guard position < bytes.count else { throw Fault(.openQuote(start)) }
                let byte = bytes[position]
                position += 1
                if byte != Self.quote {
                    if byte == 0x0A || byte == 0x0D && !(position < bytes.count && bytes[position] == 0x0A) {
                        line += 1
                    }
                    content.append(byte)
                } else if position < bytes.count, bytes[position] == Self.quote {
                    content.append(byte)
                    position += 1
                } else {
                    break
                }
            }
            guard position == bytes.count || isEnd(bytes[position]) else { throw Fault(.strayQuote(line)) }
            return String(decoding: content, as: UTF8.self)
        }

        private func isEnd(_ byte: UInt8) -> Bool { byte == separator || byte == 0x0A || byte == 0x0D }

        private mutating func endLine() {
            guard position < bytes.count else { return }
            if bytes[position] == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A { position += 1 }
            position += 1
            line += 1
        }
    }
}

extension Text {
    fileprivate static let emptyFile = Text("The file is empty.", es: "El archivo está vacío.")

    fileprivate static func tooManyRows(_ maximum: Int) -> Text {
        Text(
            "The file has more than \(maximum) rows: split it.",
            es: "El archivo tiene más de \(maximum) filas: divídalo.")
    }

    fileprivate static func tooManyColumns(_ line: Int) -> Text {
        let maximum = CSVFile.maximumColumns
        return Text(
            "Line \(line) has more than \(maximum) columns: keep those of this table.",
            es: "La línea \(line) tiene más de \(maximum) columnas: deje las de esta tabla.")
    }

    fileprivate static func tooLongCell(_ line: Int) -> Text {
        let maximum = CSVFile.maximumCell
        return Text(
            "Line \(line): a cell holds more than \(maximum) characters.",
            es: "Línea \(line): una celda tiene más de \(maximum) caracteres.")
    }

    fileprivate static func strayQuote(_ line: Int) -> Text {
        Text(
            "Line \(line): a quotation mark stands inside a cell. Cells with quotation marks are put between quotation"
                + " marks, and those inside are doubled.",
            es:
                "Línea \(line): hay una comilla dentro de una celda. Las celdas con comillas van entre comillas, y las de"
                + " adentro se duplican.")
    }

    fileprivate static func openQuote(_ line: Int) -> Text {
        Text(
            "Line \(line): a cell begins with a quotation mark that is never closed.",
            es: "Línea \(line): una celda empieza con una comilla que nunca se cierra.")
    }
}
