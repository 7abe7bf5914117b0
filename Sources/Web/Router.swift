/// Finds the row of the joined route tables that a request means.
package struct Router: Sendable {
    private let fixed: [String: [Route]]
    private let patterns: [(segments: [Substring], routes: [Route])]

    /// What the table has for a path.
    package enum Match: Sendable {
        /// The path's rows, and what its `{name}`s stood for.
        case found(routes: [Route], captures: [String: String])
        /// The path exists with a slash behind it.
        case needsSlash
        case unknown
    }

    /// - Precondition: no two rows share method and path.
    package init(_ routes: [Route]) {
        var keys: Set<String> = []
        Declarations.require(
            routes.filter { !keys.insert("\($0.method) \($0.path)").inserted }
                .map { "two routes for \($0.method.rawValue) \($0.path)" })
        let byPath = Dictionary(grouping: routes, by: \.path)
        fixed = byPath.filter { !$0.key.contains("{") }
        patterns = byPath.filter { $0.key.contains("{") }.sorted { $0.key < $1.key }
            .map { (Self.segments($0.key), $0.value) }
    }

    /// The rows of a path, compared exactly.
    package func match(_ path: String) -> Match {
        if let routes = fixed[path] { return .found(routes: routes, captures: [:]) }
        if let found = matchPattern(path) { return found }
        let slashed = path + "/"
        return !path.hasSuffix("/") && (fixed[slashed] != nil || matchPattern(slashed) != nil) ? .needsSlash : .unknown
    }

    private func matchPattern(_ path: String) -> Match? {
        let segments = Self.segments(path)
        for pattern in patterns where pattern.segments.count == segments.count {
            var captures: [String: String] = [:]
            let matches = zip(pattern.segments, segments).allSatisfy { expected, actual in
                guard expected.first == "{" else { return expected == actual }
                captures[String(expected.dropFirst().dropLast())] = String(actual)
                return !actual.isEmpty
            }
            if matches { return .found(routes: pattern.routes, captures: captures) }
        }
        return nil
    }

    private static func segments(_ path: String) -> [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: false)
    }
}
