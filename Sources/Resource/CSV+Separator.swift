extension CSVFile {
    /// What separates the cells of a file, and where its rows begin.
    struct Layout {
        /// What stands between cells.
        let separator: UInt8
        /// Everything below the line that names the separator.
        let content: [UInt8]
        /// The line of the file in which the content begins, from 1.
        let line: Int

        /// - Parameter bytes: the whole file in UTF-8.
        init(of bytes: [UInt8]) {
            let bytes = Self.unmarked(bytes[...])
            let start = bytes.firstIndex { !" \r\n".utf8.contains($0) } ?? bytes.endIndex
            let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.endIndex
            guard let signs = Self.signs(in: bytes[start..<end]) else {
                (separator, content, line) = (Self.mostFrequent(in: bytes), Array(bytes), 1)
                return
            }
            let isPair = bytes[end...].starts(with: [0x0D, 0x0A])
            let below = Self.unmarked(bytes[end...].dropFirst(isPair ? 2 : 1))
            separator = signs.last ?? Self.mostFrequent(in: below)
            content = Array(below)
            line = Self.lineEnds(in: bytes[..<start]) + 2
        }

        /// A mark of UTF-8 also stands where files that had one were put together.
        private static func unmarked(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
            var rest = bytes
            while rest.starts(with: CSV.byteOrderMark) { rest = rest.dropFirst(CSV.byteOrderMark.count) }
            return rest
        }

        /// What a line for spreadsheets alone says behind `sep=`; nil for another line.
        ///
        /// A spreadsheet that saved the file anew has put the line between quotation marks, because there is a separator
        /// in it, or its own separators behind it: the last one separates.
        private static func signs(in line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
            let bare = line.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\"") }
            guard String(decoding: bare.prefix(4), as: UTF8.self).lowercased() == "sep=" else { return nil }
            let signs = bare.dropFirst(4)
            return signs.allSatisfy(isSign) ? signs : nil
        }

        private static func isSign(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "\t")
                || (0x21...0x7E).contains(byte) && !Unicode.Scalar(byte).properties.isAlphabetic
                    && !(0x30...0x39).contains(byte)
        }

        private static func lineEnds(in bytes: ArraySlice<UInt8>) -> Int {
            bytes.indices.count { index in
                bytes[index] == 0x0A || bytes[index] == 0x0D && !bytes[index...].dropFirst().starts(with: [0x0A])
            }
        }

        /// What the first line has most of, outside of quotation marks.
        private static func mostFrequent(in bytes: ArraySlice<UInt8>) -> UInt8 {
            let separators = Array(",;\t".utf8)
            var counts = separators.map { _ in 0 }
            var isQuoted = false
            var isBlank = true
            for byte in bytes {
                if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
                if isQuoted { continue }
                if byte == 0x0A || byte == 0x0D {
                    if isBlank { continue } else { break }
                }
                isBlank = false
                if let index = separators.firstIndex(of: byte) { counts[index] += 1 }
            }
            let most = separators.indices.max { counts[$0] < counts[$1] } ?? 0
            return separators[most]
        }
    }
}
