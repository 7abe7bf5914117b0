import JSON
package import Web

/// What `OPTIONS` tells about a path, in the shape of the legacy API.
package enum LegacyOptions {
    /// - Parameter caller: nil where anybody may call; what this role may not do is not described.
    package static func answer(_ routes: [Route], for caller: Caller?, _ language: Language) -> Response {
        let about = routes.lazy.compactMap(\.about).first
        var members: [JSON.Member] = [
            .init(name: "name", value: .string(about?.name ?? title(routes.first?.path ?? ""))),
            .init(name: "description", value: .string(about?.description ?? "")),
            .init(name: "renders", value: ["application/json"]),
            .init(
                name: "parses",
                value: ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"]),
        ]
        let actions = routes.compactMap { route -> JSON.Member? in
            guard [.post, .put].contains(route.method), let fields = route.about?.fields, !fields.isEmpty,
                caller.map({ route.access.admits($0.role) }) ?? true
            else { return nil }
            let described = fields.map { JSON.Member(name: $0.name, value: $0.json(language)) }
            return .init(name: route.method.rawValue, value: .object(described))
        }
        if !actions.isEmpty { members.append(.init(name: "actions", value: .object(actions))) }
        return .json(.object(members))
    }

    /// `/api/visitors/generate_code/` is `Generate Code`.
    private static func title(_ path: String) -> String {
        let last = path.split(separator: "/").last { !$0.hasPrefix("{") } ?? ""
        return last.split(whereSeparator: { "_.".contains($0) }).map(\.capitalizedWord).joined(separator: " ")
    }
}

extension StringProtocol {
    /// With a capital first letter.
    package var capitalizedWord: String { prefix(1).uppercased() + dropFirst() }
}
