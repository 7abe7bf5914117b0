import Images

extension QRCode {
    /// The picture as PNG of two colours, quiet zone of 4 modules included.
    ///
    /// - Parameter scale: pixels along one side of a module, 1 to 40.
    package func png(scale: Int = 10) throws(QRCodeError) -> [UInt8] {
        guard (1...40).contains(scale) else { throw .scaleOutOfRange }
        let width = (side + 2 * QRCode.quietZone) * scale
        let picture = TwoColourPNG(width: width, pixels: pixels(width: width, scale: scale))
        do { return try picture.encode() } catch { throw .libraryFailure }
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
