/// How far two names are apart: the letters to add, drop or change.
enum EditDistance {
    /// The nearest of the names; the first of several.
    static func nearest(to name: String, among names: [String]) -> String {
        names.min { between(name, $0) < between(name, $1) } ?? ""
    }

    /// Source: Wagner and Fischer, "The string-to-string correction problem" (1974), one row at a time.
    private static func between(_ one: String, _ other: String) -> Int {
        let other = Array(other.utf8)
        var row = Array(0...other.count)
        for (index, letter) in one.utf8.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, its) in other.enumerated() {
                let above = row[column + 1]
                row[column + 1] = min(above + 1, row[column] + 1, diagonal + (letter == its ? 0 : 1))
                diagonal = above
            }
        }
        return row[other.count]
    }
}
