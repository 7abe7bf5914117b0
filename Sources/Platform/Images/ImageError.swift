/// Why a file is not taken as a picture.
package enum ImageError: Error, Equatable, Sendable {
    /// Not a JPEG, PNG or WebP file, or one that is broken or ends early.
    case notAPicture
    /// A file larger than we take.
    case tooManyBytes
    /// More pixels than we are willing to look at; nothing was decoded.
    case tooManyPixels
    /// A picture so written that reading it takes far longer than its pixels need; nothing was decoded.
    case tooMuchWork
    /// The library failed on our own pixels, which means memory ran out.
    case libraryFailure
    /// The disk that keeps the pictures is full.
    case noRoom
}
