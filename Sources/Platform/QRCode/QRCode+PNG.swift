import CPNG

extension QRCode {
    /// The picture as PNG of two colours, quiet zone of 4 modules included.
    ///
    /// - Parameter scale: pixels along one side of a module, 1 to 40.
    package func png(scale: Int = 10) throws(QRCodeError) -> [UInt8] {
        guard (1...40).contains(scale) else { throw .scaleOutOfRange }
        let width = (side + 2 * QRCode.quietZone) * scale
        return try Picture(width: width, pixels: pixels(width: width, scale: scale)).png()
    }

    /// One byte for each pixel: 0 light, 1 dark.
    private func pixels(width: Int, scale: Int) -> [UInt8] {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * width)
        for row in -QRCode.quietZone..<side + QRCode.quietZone {
            let line = (0..<width).map { x -> UInt8 in
                isDark(column: x / scale - QRCode.quietZone, row: row) ? 1 : 0
            }
            for _ in 0..<scale { pixels.append(contentsOf: line) }
        }
        return pixels
    }
}

/// A square picture of two colours on its way through libpng's simplified API (libpng manual, section "The simplified
/// API"), which answers errors instead of jumping.
private struct Picture {
    let width: Int
    let pixels: [UInt8]

    /// White, then black: red, green, blue of each.
    private static let colours: [UInt8] = [255, 255, 255, 0, 0, 0]

    func png() throws(QRCodeError) -> [UInt8] {
        var bytes: [UInt8] = []
        let size = try write(to: &bytes)  // without memory it answers how much it needs
        bytes = Array(repeating: 0, count: size)
        let written = try write(to: &bytes)
        return Array(bytes.prefix(written))
    }

    /// Writes into `memory`, or nowhere when it is empty; answers the size of the whole.
    ///
    /// `png_image_write_to_memory` frees what it puts behind `opaque`, also on failure; `png_image_free` "may be
    /// called at any time after the structure is initialized" and then finds nothing to do.
    private func write(to memory: inout [UInt8]) throws(QRCodeError) -> Int {
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        image.width = png_uint_32(width)
        image.height = png_uint_32(width)
        image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_COLORMAP)
        image.colormap_entries = 2
        defer { png_image_free(&image) }
        var size = memory.count
        let done = memory.withUnsafeMutableBytes { buffer in
            png_image_write_to_memory(
                &image, buffer.isEmpty ? nil : buffer.baseAddress, &size, 0, pixels, png_int_32(width), Self.colours)
        }
        guard done != 0 else { throw .libraryFailure }
        return size
    }
}
