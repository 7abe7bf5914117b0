/// A file as a client sent it in a form: nothing about it is believed but its bytes.
package struct UploadedFile: Sendable, Equatable {
    /// The last part of the name the client gave, for messages; never a path.
    package let name: String
    /// What the client calls it; the content decides.
    package let contentType: String
    /// The content, as it arrived.
    package let bytes: [UInt8]

    /// A part of a multipart form.
    package init(name: String, contentType: String, bytes: [UInt8]) {
        self.name = name
        self.contentType = contentType
        self.bytes = bytes
    }
}
