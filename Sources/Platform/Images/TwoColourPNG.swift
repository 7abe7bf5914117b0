import CPNG

/// A square picture of two colours on its way through libpng's simplified API (libpng manual, section "The simplified
/// API"), which answers errors instead of jumping.
package struct TwoColourPNG {
    private let width: Int
    private let pixels: [UInt8]

    /// White, then black: red, green, blue of each.
    private static let colours: [UInt8] = [255, 255, 255, 0, 0, 0]

    /// - Parameter pixels: one byte for each: 0 white, 1 black; `width * width` of them.
    package init(width: Int, pixels: [UInt8]) {
        self.width = width
        self.pixels = pixels
    }

    /// The file.
    package func encode() throws(ImageError) -> [UInt8] {
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
    private func write(to memory: inout [UInt8]) throws(ImageError) -> Int {
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
