/// What a program said it is, in the words a person uses.
struct UserAgent {
    /// "Firefox, Windows"; nil when nothing is known.
    let name: String?

    /// The first that fits: browsers also name those they are made from.
    private static let browsers = [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
        ("Chrome/", "Chrome"), ("CriOS", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
        ("python-requests", "Python"),
    ]
    private static let systems = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ]

    init(_ text: String) {
        let found = [Self.browsers, Self.systems].compactMap { list in list.first { text.contains($0.0) }?.1 }
        name = found.isEmpty ? nil : found.joined(separator: ", ")
    }
}
