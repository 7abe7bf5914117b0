/// Other sites whose pages may call the API (CORS): scheme, host and port, nothing else.
enum Origins {
    /// What is wrong with a list of them; nil when nothing is.
    static func fault(of origins: [String]) -> String? {
        origins.allSatisfy(isOrigin) ? nil : "takes origins such as https://app.example.org, without path and without *"
    }

    /// What nginx/snippets/garita-origins.conf holds: only what passed ``fault(of:)`` gets into nginx's configuration.
    static func snippet(_ origins: [String]) -> String {
        origins.map { "\"\($0)\" \"\($0)\";\n" }.joined()
    }

    /// As browsers send it: in lower case, compared to the last character.
    private static func isOrigin(_ text: String) -> Bool {
        guard let match = text.wholeMatch(of: /https?:\/\/[a-z0-9](?:[a-z0-9.\-]*[a-z0-9])?(?::([0-9]{1,5}))?/) else {
            return false
        }
        return match.1.map { (1...65_535).contains(Int($0) ?? 0) } ?? true
    }
}
