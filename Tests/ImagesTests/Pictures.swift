import CTurboJPEG
import Foundation
import Testing

/// A file and what it is called in the report of a test.
struct Sample: CustomTestStringConvertible {
    let testDescription: String
    let file: [UInt8]

    init(_ name: String, _ file: [UInt8]) {
        testDescription = name
        self.file = file
    }
}

/// 16 × 8 pixels, the left half black, the right half white.
enum Pictures {
    static let webp = decoded("UklGRigAAABXRUJQVlA4IBwAAABQAQCdASoQAAgAAUAmJaQABHQAAP2z//2Q0AAA")
    static let losslessWebP = decoded("UklGRiYAAABXRUJQVlA4TBoAAAAvD8ABAA8w//M///MfeBALJvOX7kwhov+hAw==")
    static let movingWebP = decoded(
        """
        UklGRqQAAABXRUJQVlA4WAoAAAACAAAADwAABwAAQU5JTQYAAAAAAAAAAABBTk1GOAAAAAAAAAAAAA8AAAcAAAAAAAJWUDggIAAAALABAJ0BKh\
        AACAABQCYlpAADXzQOC+gA/v8q+f9tAAAAQU5NRjgAAAAAAAAAAAAPAAAHAAAAAAAAVlA4ICAAAAC0AQCdASoQAAgAAAAmJaQAAzstkxgAAP7+\
        //X/a8AAAA==
        """)
    static let cmyk = decoded(
        """
        /9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAIBgYHBgUIBwcHCQkICgwUDQwLCwwZEhMPFB0aHx4dGhwcICQuJyAiLCMcHCg3KSwwMTQ0NB8nOT04Mj\
        wuMzQy/8AAFAgACAAQBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQEC\
        AwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dX\
        Z3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4E\
        QwBNAFkASwAAPwD5/r5/r5/r3+vv+vv+vv8Aor//2Q==
        """)
    static let progressive = decoded(
        """
        /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PT\
        gyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wgARCAAI\
        ABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAf/xAAUAQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIQAxAAAAGf38P/xAAUEAEAAA\
        AAAAAAAAAAAAAAAAAQ/9oACAEBAAEFAj//xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAEDAQE/AX//xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oA\
        CAECAQE/AX//xAAUEAEAAAAAAAAAAAAAAAAAAAAQ/9oACAEBAAY/Aj//xAAUEAEAAAAAAAAAAAAAAAAAAAAQ/9oACAEBAAE/IT//2gAMAwEAAg\
        ADAAAAEHP/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAEDAQE/EH//xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAECAQE/EH//xAAUEAEAAAAA\
        AAAAAAAAAAAAAAAQ/9oACAEBAAE/ED//2Q==
        """)
    /// Three columns of brightness for one of colour, which TurboJPEG has no name for.
    static let subsampled = decoded(
        """
        /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC\
        4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wAARCAAIABADATEA\
        AhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAACAD/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EABQRAQAAAAAAAA\
        AAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AD+f6B//2Q==
        """)
    static let png = png(width: 16, height: 8)
    static let jpeg = jpeg(width: 16, height: 8)
    static let all = [
        Sample("PNG", png), Sample("JPEG", jpeg), Sample("WebP", webp), Sample("lossless WebP", losslessWebP),
        Sample("JPEG of ink", cmyk), Sample("progressive JPEG", progressive),
        Sample("JPEG of odd subsampling", subsampled),
    ]

    /// - Parameter claimed: the size that the header tells, when it lies.
    static func png(width: Int, height: Int, claimed: (Int, Int)? = nil) -> [UInt8] {
        let (shownWidth, shownHeight) = claimed ?? (width, height)
        let header = bytes(shownWidth, 4) + bytes(shownHeight, 4) + [8, 0, 0, 0, 0]
        let rows: [UInt8] = (0..<height).flatMap { _ in [0] + row(width) }
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
            + chunk("IDAT", stored(rows)) + chunk("IEND", [])
    }

    /// The same as JPEG, grey.
    static func jpeg(width: Int, height: Int) -> [UInt8] {
        let encoder = tjInitCompress()
        defer { tjDestroy(encoder) }
        let pixels: [UInt8] = (0..<height).flatMap { _ in row(width) }
        var buffer: UnsafeMutablePointer<UInt8>?
        var size: UInt = 0
        defer { tjFree(buffer) }
        tjCompress2(
            encoder, pixels, Int32(width), 0, Int32(height), Int32(TJPF_GRAY.rawValue), &buffer, &size,
            Int32(TJSAMP_GRAY.rawValue), 90, 0)
        return Array(UnsafeBufferPointer(start: buffer, count: Int(size)))
    }

    /// Width, height and one byte of grey for each pixel of a JPEG.
    static func pixels(_ jpeg: [UInt8]) -> (width: Int, height: Int, grey: [UInt8]) {
        let decoder = tjInitDecompress()
        defer { tjDestroy(decoder) }
        var (width, height, subsampling, colours): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        guard tjDecompressHeader3(decoder, jpeg, UInt(jpeg.count), &width, &height, &subsampling, &colours) == 0 else {
            return (0, 0, [])
        }
        var grey = [UInt8](repeating: 0, count: Int(width * height))
        guard
            tjDecompress2(
                decoder, jpeg, UInt(jpeg.count), &grey, width, 0, height, Int32(TJPF_GRAY.rawValue), 0) == 0
        else { return (0, 0, []) }
        return (Int(width), Int(height), grey)
    }

    /// A JPEG with one more segment behind its first two bytes.
    static func jpeg(_ jpeg: [UInt8], with marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        Array(jpeg[..<2]) + [0xFF, marker] + bytes(content.count + 2, 2) + content + jpeg[2...]
    }

    /// A JPEG with odd bytes in front of one of its markers, for each but the first and those of its scans' data.
    static func jpegs(_ jpeg: [UInt8], with odd: [UInt8]) -> [[UInt8]] {
        var files = [Array(jpeg.dropLast(2)) + odd + jpeg.suffix(2)]
        var place = 2
        while jpeg[place] == 0xFF {
            files.append(Array(jpeg[..<place]) + odd + jpeg[place...])
            if jpeg[place + 1] == 0xDA { break }
            place += 2 + Int(jpeg[place + 2]) << 8 + Int(jpeg[place + 3])
        }
        return files
    }

    /// An EXIF block that tells how the camera was held, and where.
    ///
    /// - Parameter type: of the number (TIFF 6.0): 1 BYTE, 3 SHORT, 4 LONG.
    static func exif(orientation: Int, isLittle: Bool, type: Int = 3) -> [UInt8] {
        func number(_ value: Int, _ count: Int) -> [UInt8] {
            isLittle ? bytes(value, count).reversed() : bytes(value, count)
        }
        let size = type == 3 ? 2 : type
        let value = number(orientation, size) + [UInt8](repeating: 0, count: 4 - size)
        let entry = number(0x0112, 2) + number(type, 2) + number(1, 4) + value
        let place = number(0x8825, 2) + number(4, 2) + number(1, 4) + number(38, 4)
        return (isLittle ? Array("II".utf8) : Array("MM".utf8)) + number(42, 2) + number(8, 4) + number(2, 2)
            + entry + place + number(0, 4) + secret
    }

    /// What must not come out again.
    static let secret = Array("19 25 57 N 99 07 59 W".utf8)

    static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let checked = Array(name.utf8) + content
        return bytes(content.count, 4) + checked + bytes(Int(crc32(checked)), 4)
    }

    /// `count` bytes, the highest first.
    static func bytes(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func row(_ width: Int) -> [UInt8] { (0..<width).map { $0 < width / 2 ? 0 : 255 } }

    private static func decoded(_ text: String) -> [UInt8] { Array(Data(base64Encoded: text) ?? Data()) }

    /// zlib without compression (RFC 1950, 1951).
    private static func stored(_ content: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x78, 0x01]
        var rest = content[...]
        repeat {
            let block = rest.prefix(65_535)
            rest = rest.dropFirst(65_535)
            let length = bytes(block.count, 2).reversed()
            result += [rest.isEmpty ? 1 : 0] + length + length.map { ~$0 } + block
        } while !rest.isEmpty
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in content {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return result + bytes(Int(high << 16 | low), 4)
    }

    /// zlib's smallest way to say so many zeros, without the checksum of what comes out (RFC 1951, 3.2.6: one zero, then
    /// "258 times what stood one before").
    static func deflated(zeros: Int) -> [UInt8] {
        var result: [UInt8] = [0x78, 0x01]
        var (pending, count) = (0, 0)
        func add(_ bits: Int, _ length: Int) {
            pending |= bits << count
            count += length
            while count >= 8 {
                result.append(UInt8(truncatingIfNeeded: pending))
                pending >>= 8
                count -= 8
            }
        }
        add(0b011, 3)  // the last block, of the fixed codes
        add(0b0000_1100, 8)  // a zero: 00110000, its first bit first
        for _ in 0..<zeros / 258 {
            add(0b1010_0011, 8)  // length 258: 11000101
            add(0, 5)  // distance 1
        }
        add(0, 7 + 8)  // the end
        return result
    }

    private static func crc32(_ content: [UInt8]) -> UInt32 {
        ~content.reduce(UInt32.max) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
    }
}
