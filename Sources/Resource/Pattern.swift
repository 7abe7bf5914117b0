import Web

/// What a text must look like: a pattern for the documentation and for us, and the sentence when it does not.
struct Pattern: Sendable {
    /// A regular expression, as JSON Schema writes one too.
    let expression: String
    let fault: @Sendable (String) -> Text

    init(_ expression: String, otherwise fault: @escaping @Sendable (String) -> Text) {
        self.expression = expression
        self.fault = fault
    }

    func holds(_ text: String) -> Bool {
        (try? Regex(expression).wholeMatch(in: text)) != nil
    }
}
