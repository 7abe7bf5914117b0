import CTurboJPEG

extension Canvas {
    /// Scans of one file; no camera and no usual program writes as many.
    private static let maximumScans = 32
    /// Pixels to be decoded, all scans together, because each goes over the whole picture: what a progressive file of the
    /// largest size has in the usual ten scans, a third of a second.
    private static let maximumWork = 260_000_000
    /// Percent; faces stay recognisable, and 1600 × 1200 pixels take about 300 KB.
    private static let quality: Int32 = 85

    /// Decodes in the smallest of the library's sizes whose longest side is at least `side`: fewer pixels cost less.
    ///
    /// A file that ends early or has endless scans is refused; a warning (odd bytes between markers, as some cameras
    /// write them) still gives a picture.
    static func decode(
        jpeg bytes: [UInt8], _ markers: JPEGMarkers, atLeast side: Int
    ) throws(ImageError) -> Canvas {
        // Source: turbojpeg.h, "tjInitDecompress" and "tjDestroy". Unlike libjpeg it answers errors instead of jumping.
        guard let decoder = tjInitDecompress() else { throw .libraryFailure }
        defer { tjDestroy(decoder) }
        var (width, height, subsampling, colours): (Int32, Int32, Int32, Int32) = (0, 0, -1, -1)
        // What it answers is nothing to go by: -1 also for a warning, and for a subsampling that has no name. A file whose
        // header cannot be read leaves the size at zero.
        _ = tjDecompressHeader3(decoder, bytes, UInt(bytes.count), &width, &height, &subsampling, &colours)
        try ImageFormat.jpeg.check(width: Int(width), height: Int(height))
        guard markers.isComplete else { throw .notAPicture }
        guard markers.scans <= Self.maximumScans,
            markers.scans * Self.inBlocks(width) * Self.inBlocks(height) <= Self.maximumWork
        else { throw .tooMuchWork }
        let factor = Self.factor(longest: max(width, height), atLeast: Int32(side))
        let (newWidth, newHeight) = (factor.scaled(width), factor.scaled(height))
        let canvas = try Canvas(width: Int(newWidth), height: Int(newHeight))
        let isInk = colours == Int32(TJCS_CMYK.rawValue) || colours == Int32(TJCS_YCCK.rawValue)
        let (stride, format) = (Int32(canvas.stride), isInk ? TJPF_CMYK : TJPF_BGRA)
        let done = canvas.withPixels { pixels in
            tjDecompress2(
                decoder, bytes, UInt(bytes.count),
                UnsafeMutableRawBufferPointer(pixels).bindMemory(to: UInt8.self)
                    .baseAddress, newWidth, stride, newHeight, Int32(format.rawValue), TJFLAG_LIMITSCANS)
        }
        guard done == 0 || tjGetErrorCode(decoder) == Int32(TJERR_WARNING.rawValue) else { throw .notAPicture }
        if isInk { canvas.convertFromCMYK(isInverted: markers.isAdobe) }
        return canvas
    }

    /// The pixels as a JPEG file and nothing else: no EXIF, no location, no colour profile.
    func jpeg() throws(ImageError) -> [UInt8] {
        // Source: turbojpeg.h, "tjCompress2": it allocates the buffer, "tjFree" gives it back.
        guard let encoder = tjInitCompress() else { throw .libraryFailure }
        defer { tjDestroy(encoder) }
        var buffer: UnsafeMutablePointer<UInt8>?
        var size: UInt = 0
        defer { tjFree(buffer) }
        let done = withPixels { pixels in
            tjCompress2(
                encoder, UnsafeRawBufferPointer(pixels).bindMemory(to: UInt8.self).baseAddress, Int32(width),
                Int32(stride), Int32(height), Int32(TJPF_BGRX.rawValue), &buffer, &size, Int32(TJSAMP_420.rawValue),
                Self.quality, 0)
        }
        guard done == 0, let buffer else { throw .libraryFailure }
        return Array(UnsafeBufferPointer(start: buffer, count: Int(size)))
    }

    /// The decoder works on units of up to four blocks of eight pixels a side, however narrow the picture is (ITU-T T.81,
    /// A.2).
    private static func inBlocks(_ length: Int32) -> Int { (Int(length) + 31) / 32 * 32 }

    private static func factor(longest: Int32, atLeast side: Int32) -> tjscalingfactor {
        var count: Int32 = 0
        // Source: turbojpeg.h, "tjGetScalingFactors": a list that stays the library's.
        let factors = UnsafeBufferPointer(start: tjGetScalingFactors(&count), count: Int(count))
        let whole = tjscalingfactor(num: 1, denom: 1)
        return factors.filter { $0.num <= $0.denom && $0.scaled(longest) >= side }
            .min { $0.num * $1.denom < $1.num * $0.denom } ?? whole
    }

    /// Converts cyan, magenta, yellow and black to red, green and blue.
    ///
    /// - Parameter isInverted: 255 is no ink, not all.
    private func convertFromCMYK(isInverted: Bool) {
        withPixels { pixels in
            for (place, stored) in pixels.enumerated() {
                let ink = isInverted ? stored : ~stored
                let black = ink >> 24
                let red = (ink & 255) * black / 255
                let green = (ink >> 8 & 255) * black / 255
                let blue = (ink >> 16 & 255) * black / 255
                pixels[place] = 0xFF00_0000 | red << 16 | green << 8 | blue
            }
        }
    }
}

extension tjscalingfactor {
    /// Source: turbojpeg.h, "TJSCALED", a macro that Swift does not see.
    fileprivate func scaled(_ length: Int32) -> Int32 { (length * num + denom - 1) / denom }
}
