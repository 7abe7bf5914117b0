import CWebP

/// A picture as it is stored: upright, of a bounded size, without metadata, whatever was sent.
package struct Photo: Equatable, Sendable {
    /// The largest file that is taken, in bytes.
    package static let maximumBytes = 5 * 1024 * 1024
    /// The longest side of the picture and of its thumbnail, in pixels.
    package static let (side, thumbnailSide) = (1600, 256)

    /// A JPEG file.
    package let picture: [UInt8]
    /// The same, small: a JPEG file too.
    package let thumbnail: [UInt8]

    /// Decodes a JPEG, PNG or WebP file and encodes its pixels again.
    ///
    /// Metadata and whatever else the file contains (location, camera, other formats, scripts) is lost with that.
    /// - Throws: `ImageError`; the file itself is never in it.
    package init(file: [UInt8]) throws(ImageError) {
        // malloc_trim(3): without it a process keeps some twenty megabytes for the next picture, which may never come.
        defer { malloc_trim(0) }
        guard file.count <= Self.maximumBytes else { throw .tooManyBytes }
        guard let format = ImageFormat(file) else { throw .notAPicture }
        var canvas = try Self.read(file, format)
        picture = try canvas.jpeg()
        try canvas.fit(within: Self.thumbnailSide)
        thumbnail = try canvas.jpeg()
    }

    private static func read(_ file: [UInt8], _ format: ImageFormat) throws(ImageError) -> Canvas {
        switch format {
        case .jpeg:
            let markers = JPEGMarkers(file)
            return try finish(Canvas.decode(jpeg: file, markers, atLeast: side), markers.orientation)
        case .png:
            let exif = Orientation.chunk("eXIf", in: file, from: 8, lengthFirst: true)
            return try finish(Canvas.decode(png: file), exif.flatMap(Orientation.init(exif:)))
        case .webp:
            let exif = Orientation.chunk("EXIF", in: file, from: 12, lengthFirst: false)
            return try finish(Canvas.decode(webp: file, within: side), exif.flatMap(Orientation.init(exif:)))
        }
    }

    /// Scales down first, so that the steps after it work on fewer pixels.
    private static func finish(_ canvas: consuming Canvas, _ orientation: Orientation?) throws(ImageError) -> Canvas {
        try canvas.fit(within: side)
        canvas.flatten()
        guard let orientation, orientation != .upright else { return canvas }
        return try canvas.turned(orientation)
    }
}
