/// The format of a file by its first bytes; its name and the type that the client names are ignored.
enum ImageFormat {
    case jpeg, png, webp

    /// The longest side of a picture in pixels; libwebp, which holds our pixels, takes no longer one.
    private static let maximumSide = 16_383

    /// Between the first marker of a JPEG and its second some cameras write odd bytes.
    init?(_ bytes: [UInt8]) {
        if bytes.starts(with: [0xFF, 0xD8]) {
            self = .jpeg
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
            self = .webp
        } else {
            return nil
        }
    }

    /// The most pixels that are decoded.
    ///
    /// The largest default of a phone is 24.5 megapixels, in JPEG, which is decoded in a reduced size. The others are
    /// decoded whole, four bytes for a pixel; a 4K screen has 8 megapixels.
    private var maximumPixels: Int {
        switch self {
        case .jpeg: 25_000_000
        case .png, .webp: 16_000_000
        }
    }

    /// Checks the size that a file states.
    ///
    /// - Throws: `tooManyPixels`, before anything is decoded.
    func check(width: Int, height: Int) throws(ImageError) {
        guard width > 0, height > 0 else { throw .notAPicture }
        guard max(width, height) <= Self.maximumSide, width * height <= maximumPixels else { throw .tooManyPixels }
    }
}
