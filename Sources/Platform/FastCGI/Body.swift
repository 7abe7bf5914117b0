/// The body of a request, as far as it was taken.
package enum Body: Equatable, Sendable {
    /// All of it, and as long as `CONTENT_LENGTH` announced.
    case complete([UInt8])
    /// Longer than the limit. It was read to its end and thrown away; the answer can be sent.
    case tooLarge
    /// The peer went away, was too slow, broke the protocol, or sent another length than it announced.
    case brokenOff
}
