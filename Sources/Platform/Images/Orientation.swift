/// How a camera was held: EXIF tag 0x0112, 1 to 8 (CIPA DC-008, "Orientation").
struct Orientation: Equatable {
    let value: Int

    static let upright = Orientation(value: 1)

    init(value: Int) { self.value = value }

    /// Bytes of each whole number of TIFF, by type: BYTE, SHORT, LONG, SBYTE, SSHORT, SLONG.
    ///
    /// The standard wants a SHORT; some programs write another one, and what it says is never in doubt.
    private static let sizes = [1: 1, 3: 2, 4: 4, 6: 1, 8: 2, 9: 4]

    /// Reads one number out of an EXIF block and nothing else of it; nil when there is none, or anything is odd.
    ///
    /// Thirty lines of our own instead of a library, because a whole EXIF parser would be a larger attack surface.
    ///
    /// TIFF 6.0: byte order, 42, the place of the first directory; there the number of its entries, twelve bytes each.
    init?(exif block: ArraySlice<UInt8>) {
        // The byte behind the name's end is padding.
        let tiff = Array(block.starts(with: "Exif\0".utf8) ? block.dropFirst(6) : block)
        let isLittle = tiff.starts(with: "II".utf8)
        guard isLittle || tiff.starts(with: "MM".utf8) else { return nil }
        func number(at place: Int, bytes: Int) -> Int? {
            guard place + bytes <= tiff.count else { return nil }
            let field = tiff[place..<place + bytes]
            return isLittle ? field.reversed().reduce(0) { $0 << 8 | Int($1) } : field.reduce(0) { $0 << 8 | Int($1) }
        }
        guard number(at: 2, bytes: 2) == 42, let directory = number(at: 4, bytes: 4),
            let entries = number(at: directory, bytes: 2)
        else { return nil }
        for entry in 0..<min(entries, 512) {
            let place = directory + 2 + 12 * entry
            guard number(at: place, bytes: 2) == 0x0112 else { continue }
            // It lies in the first of the entry's four bytes for a value.
            guard let size = number(at: place + 2, bytes: 2).flatMap({ Self.sizes[$0] }),
                let value = number(at: place + 8, bytes: size), (1...8).contains(value)
            else { return nil }
            self.value = value
            return
        }
        return nil
    }

    /// A chunk of PNG (length, name, content, checksum; big-endian) or of RIFF (name, length, content, padding).
    static func chunk(_ name: String, in bytes: [UInt8], from start: Int, lengthFirst: Bool) -> ArraySlice<UInt8>? {
        var place = start
        while place + 8 <= bytes.count {
            let (first, second) = (bytes[place..<place + 4], bytes[place + 4..<place + 8])
            let length = (lengthFirst ? Array(first) : second.reversed()).reduce(0) { $0 << 8 | Int($1) }
            guard place + 8 + length <= bytes.count else { return nil }
            if (lengthFirst ? second : first).elementsEqual(name.utf8) { return bytes[place + 8..<place + 8 + length] }
            place += 8 + length + (lengthFirst ? 4 : length % 2)
        }
        return nil
    }
}

extension Canvas {
    /// The picture turned upright.
    func turned(_ orientation: Orientation) throws(ImageError) -> Canvas {
        let isSideways = orientation.value >= 5
        let result = try Canvas(width: isSideways ? height : width, height: isSideways ? width : height)
        let (width, height) = (result.width, result.height)
        let (from, to) = (stride / 4, result.stride / 4)
        withPixels { old in
            result.withPixels { new in
                for y in 0..<height {
                    for x in 0..<width {
                        let (column, row) = source(x, y, orientation)
                        new[y * to + x] = old[row * from + column]
                    }
                }
            }
        }
        return result
    }

    /// Where the pixel (x, y) of the upright picture is stored.
    private func source(_ x: Int, _ y: Int, _ orientation: Orientation) -> (column: Int, row: Int) {
        let (right, bottom) = (width - 1, height - 1)
        return switch orientation.value {
        case 2: (right - x, y)
        case 3: (right - x, bottom - y)
        case 4: (x, bottom - y)
        case 5: (y, x)
        case 6: (y, bottom - x)
        case 7: (right - y, bottom - x)
        case 8: (right - y, x)
        default: (x, y)
        }
    }
}
