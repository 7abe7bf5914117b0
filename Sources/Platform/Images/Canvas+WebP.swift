import CWebP

extension Canvas {
    /// Decodes and shrinks in one; a moving picture is refused by the library.
    static func decode(webp bytes: [UInt8], within side: Int) throws(ImageError) -> Canvas {
        var config = WebPDecoderConfig()
        guard WebPInitDecoderConfig(&config) != 0 else { throw .libraryFailure }
        guard WebPGetFeatures(bytes, bytes.count, &config.input) == VP8_STATUS_OK else { throw .notAPicture }
        let (width, height) = (Int(config.input.width), Int(config.input.height))
        try ImageFormat.webp.check(width: width, height: height)
        let size = Self.fitted(width: width, height: height, within: side)
        let canvas = try Canvas(width: size.width, height: size.height)
        config.options.use_scaling = 1
        config.options.scaled_width = Int32(size.width)
        config.options.scaled_height = Int32(size.height)
        config.output.colorspace = MODE_BGRA
        config.output.is_external_memory = 1  // ours: nothing to give back
        let stride = Int32(canvas.stride)
        let status = canvas.withPixels { pixels in
            let memory = UnsafeMutableRawBufferPointer(pixels).bindMemory(to: UInt8.self)
            config.output.u.RGBA = WebPRGBABuffer(rgba: memory.baseAddress, stride: stride, size: memory.count)
            return WebPDecode(bytes, bytes.count, &config)
        }
        guard status == VP8_STATUS_OK else { throw .notAPicture }
        return canvas
    }
}
