import CWebP

/// Pixels in memory, row by row from the top left, a `UInt32` each: alpha, red, green, blue from its highest byte down
/// (on our little-endian machines the bytes are blue, green, red, alpha).
///
/// Sole owner of a `WebPPicture`: all three decoders write into one, and libwebp shrinks it well. Source: encode.h,
/// "WebPPictureAlloc" and "WebPPictureFree".
struct Canvas: ~Copyable {
    private var picture: WebPPicture

    /// - Throws: `libraryFailure` when memory runs out.
    init(width: Int, height: Int) throws(ImageError) {
        var made = WebPPicture()
        guard WebPPictureInit(&made) != 0 else { throw .libraryFailure }
        made.use_argb = 1
        made.width = Int32(width)
        made.height = Int32(height)
        guard WebPPictureAlloc(&made) != 0 else { throw .libraryFailure }
        picture = made
    }

    deinit {
        var picture = picture
        WebPPictureFree(&picture)
    }

    var width: Int { Int(picture.width) }
    var height: Int { Int(picture.height) }
    /// Bytes from the start of a row to the start of the next.
    var stride: Int { 4 * Int(picture.argb_stride) }

    /// Passes the pixels to `body`; the pointer is valid during the call only.
    func withPixels<Result>(_ body: (UnsafeMutableBufferPointer<UInt32>) -> Result) -> Result {
        body(UnsafeMutableBufferPointer(start: picture.argb, count: Int(picture.argb_stride) * height))
    }

    /// The size with no side longer than `side`; never larger than it is.
    static func fitted(width: Int, height: Int, within side: Int) -> (width: Int, height: Int) {
        let longest = max(width, height)
        guard longest > side else { return (width, height) }
        return (max(1, width * side / longest), max(1, height * side / longest))
    }

    /// Shrinks until no side is longer than `side`.
    mutating func fit(within side: Int) throws(ImageError) {
        let size = Self.fitted(width: width, height: height, within: side)
        guard size != (width, height) else { return }
        guard WebPPictureRescale(&picture, Int32(size.width), Int32(size.height)) != 0 else { throw .libraryFailure }
    }

    /// What is transparent becomes white: JPEG has no transparency.
    mutating func flatten() {
        WebPBlendAlpha(&picture, 0xFFFFFF)
    }
}
