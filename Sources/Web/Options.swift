import JSON

/// What `OPTIONS` tells about a path.
enum Options {
    static func answer(_ routes: [Route]) -> Response {
        .json([
            "name": .string(routes.first?.name ?? ""),
            "description": "",
            "renders": ["application/json"],
            "parses": ["application/json", "application/x-www-form-urlencoded"],
        ])
    }
}
