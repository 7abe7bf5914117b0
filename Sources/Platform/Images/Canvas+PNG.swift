import CPNG

extension Canvas {
    /// Reads PNG through libpng's simplified API (libpng manual, section "The simplified API"), which answers errors
    /// instead of jumping and brings every kind of PNG to the same pixels.
    static func decode(png file: [UInt8]) throws(ImageError) -> Canvas {
        let chunks = PNGChunks(file)
        let bytes = chunks.bytes
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        defer { png_image_free(&image) }
        // The library reads from this memory until png_image_finish_read.
        let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
        defer { memory.deallocate() }
        _ = memory.update(fromContentsOf: bytes)
        guard png_image_begin_read_from_memory(&image, memory.baseAddress, memory.count) != 0 else {
            throw .notAPicture
        }
        try ImageFormat.png.check(width: Int(image.width), height: Int(image.height))
        guard try chunks.isBounded() else { throw .tooMuchWork }
        image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA | PNG_FORMAT_FLAG_BGR)
        let canvas = try Canvas(width: Int(image.width), height: Int(image.height))
        let stride = png_int_32(canvas.stride)
        let done = canvas.withPixels { png_image_finish_read(&image, nil, $0.baseAddress, stride, nil) }
        guard done != 0 else { throw .notAPicture }
        return canvas
    }
}
