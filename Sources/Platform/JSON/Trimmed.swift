extension StringProtocol where SubSequence == Substring {
    /// The text without white space at its beginning and end.
    ///
    /// It stands in this target because it is the lowest one that all import which read text from outside.
    package var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
