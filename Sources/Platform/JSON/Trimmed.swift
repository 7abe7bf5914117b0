extension StringProtocol where SubSequence == Substring {
    /// The text without white space at its beginning and end.
    ///
    /// It stands in this target because it is the lowest one that all import which read text from outside.
    package var trimmed: String {
        // The usual text begins and ends with a visible byte of ASCII, which a look at two bytes tells.
        let bytes = self[...].utf8
        if let first = bytes.first, let last = bytes.last, first > 0x20, first < 0x7F, last > 0x20, last < 0x7F {
            return String(self)
        }
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
