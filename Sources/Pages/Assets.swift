/// Where the stylesheet and scripts lie: names that carry a hash of their content, so that browsers may keep them forever.
///
/// deploy/local/paths.sh makes them and the list of names.
package struct Assets: Sendable {
    private let names: [String: String]

    /// - Parameter list: lines of a name and the name with its hash; without it the plain names are used.
    package init(list: String = "") {
        names = Dictionary(
            list.split(whereSeparator: \.isNewline).compactMap { line in
                let words = line.split(separator: " ")
                return words.count == 2 ? (String(words[0]), String(words[1])) : nil
            }, uniquingKeysWith: { $1 })
    }

    /// The path of a file that not every installation has; nil where it is missing.
    func pathIfPresent(_ name: String) -> String? { names[name].map { "/static/\($0)" } }

    /// The path of a file of web/static/.
    package func path(_ name: String) -> String { "/static/\(names[name] ?? name)" }
}
