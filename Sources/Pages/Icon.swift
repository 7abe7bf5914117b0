/// Drawings in the text, in its colour and size; always beside a word, so nobody needs to see them.
package enum Icon {
    /// The product: a gate.
    package static let gate = draw("M5 21V4m0 3h14M5 11h14M19 7v4M3 21h4")
    /// Signing out.
    package static let leave = draw("M14 4h5v16h-5M4 12h11m-4-4 4 4-4 4")
    /// Yes, or done.
    package static let done = draw("m5 13 4 4L19 7")
    /// No, or taken away.
    package static let off = draw("M6 6l12 12M18 6 6 18")
    /// One more.
    package static let add = draw("M12 5v14M5 12h14")
    /// Something is wrong, or needs care.
    package static let warning = draw("M12 3 2 20h20L12 3Zm0 7v4m0 3v.01")
    /// A password or another secret.
    package static let key = draw("M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4m-4 4v2")
    /// Sessions.
    package static let screens = draw("M3 5h13v9H3zM7 18h5m5-9h4v10h-4z")
    /// The second factor.
    package static let shield = draw("M12 3 5 6v5c0 5 3 8 7 10 4-2 7-5 7-10V6l-7-3Zm-3 9 2 2 4-4")
    /// The other language.
    package static let language = draw("M4 6h9M8 4v2c0 4-2 7-5 8m2-5c1 3 3 4 6 5m1 6 4-10 4 10m-7-3h6")

    private static func draw(_ path: String) -> HTML {
        "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"\(path)\"/></svg>"
    }
}
