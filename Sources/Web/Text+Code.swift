import Cryptography

extension Text {
    /// Of a text that holds no secret code: nothing in it, also behind a prefix or in a link, or too much.
    package static func noCode(_ text: String) -> Text {
        GateCode.isBlank(text) ? .mayNotBeBlank : .tooLong(GateCode.maximumLength)
    }
}
