/// Finds the row of the joined route tables that a request means.
package struct Router: Sendable {
    private let fixed: [String: Path]
    private let patterns: [(segments: [Substring], path: Path)]

    /// The rows of one path.
    package struct Path: Sendable {
        /// One for each method.
        package let routes: [Route]
        /// The methods in the legacy API's order, for `Allow`; worked out once, because every answer says it.
        package let allowed: String

        init(_ routes: [Route]) {
            self.routes = routes
            let methods = routes.map(\.method)
            var names = Method.allCases.filter { methods.contains($0) }
            if methods.contains(.get) { names.append(.head) }
            allowed = (names + [.options]).map(\.rawValue).joined(separator: ", ")
        }
    }

    /// What the table has for a path.
    package enum Match: Sendable {
        /// The path's rows, and what its `{name}`s stood for.
        case found(Path, captures: [String: String])
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
        let byPath = Dictionary(grouping: routes, by: \.path).mapValues(Path.init)
        fixed = byPath.filter { !$0.key.contains("{") }
        patterns = byPath.filter { $0.key.contains("{") }.sorted { $0.key < $1.key }
            .map { (Self.segments($0.key), $0.value) }
    }

    /// The rows of a path, compared exactly.
    package func match(_ path: String) -> Match {
        if let found = fixed[path] { return .found(found, captures: [:]) }
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
            if matches { return .found(pattern.path, captures: captures) }
        }
        return nil
    }

    private static func segments(_ path: String) -> [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: false)
    }
}
