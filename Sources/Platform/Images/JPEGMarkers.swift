/// What the markers of a JPEG file tell before anything is decoded (ITU-T T.81, B.1.1).
struct JPEGMarkers {
    /// How the camera was held, by the first EXIF segment that tells: a program may have put an empty one in front.
    private(set) var orientation: Orientation?
    /// Whether it was written by Adobe's rules, by which ink is stored inverted (Adobe technical note 5116, section 18).
    private(set) var isAdobe = false
    /// How often the decoder would go over the picture.
    private(set) var scans = 0
    /// Whether the picture is of a kind we read and has an end: the decoder itself would fill a truncated file up
    /// with grey.
    private(set) var isComplete = false

    init(_ bytes: [UInt8]) {
        var place = 2
        while let marker = Self.marker(in: bytes, from: place) {
            if bytes[marker + 1] == 0xD9 {
                isComplete = true
                return
            }
            guard marker + 4 <= bytes.count else { return }
            let length = Int(bytes[marker + 2]) << 8 | Int(bytes[marker + 3])
            guard length >= 2, marker + 2 + length <= bytes.count else { return }
            let content = bytes[marker + 4..<marker + 2 + length]
            switch bytes[marker + 1] {
            // Reserved: a decoder that looks for its place behind damage does not skip what they announce, and would find
            // scans in it that were not counted. Lossless, hierarchical, arithmetic: no camera and no browser has them.
            case 0x02...0xBF, 0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF: return
            case 0xDA: scans += 1
            case 0xE1 where content.starts(with: "Exif\0".utf8): orientation = orientation ?? Orientation(exif: content)
            case 0xEE where content.count >= 12 && content.starts(with: "Adobe".utf8): isAdobe = true
            default: break
            }
            place = marker + 2 + length
        }
    }

    /// The next marker that is more than a fill byte, an escaped 0xFF of the data or a place to restart.
    private static func marker(in bytes: [UInt8], from start: Int) -> Int? {
        var place = start
        while place < bytes.count, let found = bytes[place...].firstIndex(of: 0xFF), found + 1 < bytes.count {
            switch bytes[found + 1] {
            case 0xFF: place = found + 1
            case 0x00, 0x01, 0xD0...0xD7: place = found + 2
            default: return found
            }
        }
        return nil
    }
}
