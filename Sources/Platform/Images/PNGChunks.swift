import CPNG

/// A PNG file without all that is not its pixels (PNG specification, 5.3 and 11.2).
///
/// libpng inflates compressed texts and profiles before the picture, and whatever compressed data follows its last row:
/// a file of five megabytes becomes five thousand, for ten seconds of work.
struct PNGChunks {
    /// Header, colours, pixels, transparency, end.
    private static let kept = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"].map { Array($0.utf8) }
    /// The rows of the largest picture, in bytes: 16 megapixels of four, and one more for each row.
    private static let maximumRows = 65 * 1024 * 1024

    /// The file, of those chunks only.
    private(set) var bytes: [UInt8]
    /// The compressed rows.
    private var rows: [UInt8] = []

    init(_ file: [UInt8]) {
        bytes = Array(file.prefix(8))
        bytes.reserveCapacity(file.count)
        var place = 8
        // Length, name, content, checksum.
        while place + 12 <= file.count {
            let length = file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            let end = place + 12 + length
            guard end <= file.count else { return }
            let name = Array(file[place + 4..<place + 8])
            if Self.kept.contains(name) { bytes += file[place..<end] }
            if name.elementsEqual("IDAT".utf8) { rows += file[place + 8..<end - 4] }
            if name.elementsEqual("IEND".utf8) { return }
            place = end
        }
    }

    /// Whether the rows, inflated, are no more than the largest picture has.
    ///
    /// - Throws: `libraryFailure` when memory runs out.
    func isBounded() throws(ImageError) -> Bool {
        // On the heap, because zlib keeps its address. Source: zlib.h, "inflate" and "inflateEnd".
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        guard inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .libraryFailure
        }
        defer { inflateEnd(stream) }
        return rows.withUnsafeBufferPointer { Self.isBounded($0, stream) }
    }

    /// What cannot be inflated is not looked at any longer: libpng says what is wrong with it.
    private static func isBounded(_ rows: UnsafeBufferPointer<UInt8>, _ stream: UnsafeMutablePointer<z_stream>) -> Bool
    {
        stream.pointee.next_in = UnsafeMutablePointer(mutating: rows.baseAddress)
        stream.pointee.avail_in = UInt32(rows.count)
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 65_536) { piece in
            var (count, status) = (0, Z_OK)
            while status == Z_OK, count <= maximumRows {
                stream.pointee.next_out = piece.baseAddress
                stream.pointee.avail_out = UInt32(piece.count)
                status = inflate(stream, Z_NO_FLUSH)
                count += piece.count - Int(stream.pointee.avail_out)
            }
            return count <= maximumRows
        }
    }
}
