/// Why a file is not taken as a picture.
package enum ImageError: Error, Equatable, Sendable {
    /// Not a JPEG, PNG or WebP file, or one that is broken or ends early.
    case notAPicture
    /// A file of more bytes than are taken.
    case tooManyBytes
    /// More pixels than are decoded; nothing was.
    case tooManyPixels
    /// A file so encoded that decoding takes far longer than its number of pixels needs; nothing was decoded.
    case tooMuchWork
    /// The library failed on our own pixels, which means memory ran out.
    case libraryFailure
    /// The disk on which photos are stored is full.
    case noRoom
}
