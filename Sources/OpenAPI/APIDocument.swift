package import JSON
package import Web

/// The OpenAPI 3.1 document of a route table.
package struct APIDocument: Sendable {
    /// A group of operations, by the first segment of their paths behind `/api/`.
    package typealias Tag = (name: String, description: Text)

    private let title: Text
    private let version: String
    private let introduction: Text
    private let tags: [Tag]
    private let routes: [Route]

    /// `version` is the product's, as the operator knows it.
    package init(title: Text, version: String, introduction: Text, tags: [Tag], routes: [Route]) {
        self.title = title
        self.version = version
        self.introduction = introduction
        self.tags = tags
        self.routes = routes.filter { $0.documentation != nil }
    }

    /// The whole document, its texts in one language.
    package func json(_ language: Language) -> JSON {
        var components = Components(language)
        let responses = StandardAnswers.all.map { answer in
            JSON.Member(
                name: answer.name, value: Self.failure(answer.status, answer.description, answer.schema, &components))
        }
        let paths = Self.grouped(routes).map { path, routes in
            JSON.Member(
                name: path,
                value: .object(routes.map { .init(name: $0.method.key, value: operation($0, &components)) }))
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": .string(title(language)), "version": .string(version),
                "description": .string(introduction(language)),
                "license": ["name": "MIT", "identifier": "MIT"],
            ],
            "servers": [["url": "/"]],
            "tags": .array(
                tags.map { ["name": .string($0.name), "description": .string($0.description(language))] }),
            "paths": .object(paths),
            "components": [
                "schemas": .object(components.schemas), "responses": .object(responses),
                "parameters": .object(components.parameters),
                "headers": [
                    "request": Self.requestHeader(language), "wait": Self.waitHeader(language),
                    "state": Self.stateHeader(language),
                ],
                "securitySchemes": Self.securitySchemes(language),
            ],
        ]
    }

    /// Paths in the order of the table, the operations of each together.
    private static func grouped(_ routes: [Route]) -> [(path: String, routes: [Route])] {
        var paths: [String] = []
        for route in routes where !paths.contains(route.path) { paths.append(route.path) }
        return paths.map { path in (path, routes.filter { $0.path == path }) }
    }

    // MARK: One operation

    private func operation(_ route: Route, _ components: inout Components) -> JSON {
        guard let documentation = route.documentation else { return [:] }
        let language = components.language
        var members: [JSON.Member] = [
            .init(name: "operationId", value: .string(route.operationID)),
            .init(name: "tags", value: [.string(Self.tag(route.path))]),
            .init(name: "summary", value: .string(documentation.summary(language))),
            .init(name: "description", value: .string(Self.description(route, language))),
            .init(name: "security", value: Self.security(route.access)),
            .init(
                name: "parameters",
                value: .array(
                    route.captures.map { Self.captured($0, language) }
                        + (route.allParameters + [.acceptLanguage]).map { components.parameter($0) })),
        ]
        if let body = documentation.body {
            let named = body.isInline ? .named("\(route.operationID.capitalizedWord)Input", body) : body
            members.append(.init(name: "requestBody", value: Self.requestBody(named, documentation.form, &components)))
        }
        members.append(.init(name: "responses", value: responses(route, &components)))
        return .object(members)
    }

    private static func description(_ route: Route, _ language: Language) -> String {
        [route.documentation?.description, route.access.sentence].compactMap { $0?(language) }.joined(separator: "\n\n")
    }

    /// `/api/access/points/{id}/` belongs to `access`.
    private static func tag(_ path: String) -> String {
        path.split(separator: "/").dropFirst().first.map(String.init) ?? "api"
    }

    private static func security(_ access: Access) -> JSON {
        switch access {
        case .anyone: []
        case .signedIn: [["token": []]]
        case .roles(let roles): [["token": names(roles)]]
        case .rolesAndDevices(let roles): [["token": names(roles)], ["gate": []]]
        }
    }

    private static func names(_ roles: Set<Role>) -> JSON {
        .array(roles.map(\.rawValue).sorted().map { .string($0) })
    }

    // MARK: What goes in

    private static func captured(_ name: String, _ language: Language) -> JSON {
        let text = Text("The number of the row.", es: "El número del registro.")
        return [
            "name": .string(name), "in": "path", "required": true, "description": .string(text(language)),
            "schema": ["type": "integer", "format": "int64", "minimum": 0], "example": 1,
        ]
    }

    /// No body is an empty object.
    private static func requestBody(_ body: Schema, _ form: Schema?, _ components: inout Components) -> JSON {
        let schema = components.json(body)
        var json: [JSON.Member] = [.init(name: "schema", value: schema)]
        if let example = components.example(of: schema) { json.append(.init(name: "example", value: example)) }
        var content: [JSON.Member] = [.init(name: "application/json", value: .object(json))]
        if let form { content.append(.init(name: "multipart/form-data", value: ["schema": components.json(form)])) }
        return ["required": .bool(body.needsMembers), "content": .object(content)]
    }

    // MARK: What comes out

    private func responses(_ route: Route, _ components: inout Components) -> JSON {
        var members = (route.documentation?.answers ?? []).map { answer in
            JSON.Member(name: String(answer.status), value: response(answer, &components))
        }
        if route.method == .get { members.append(.init(name: "304", value: notModified(components.language))) }
        for status in StandardAnswers.statuses(of: route) where !members.contains(where: { $0.name == status }) {
            for answer in StandardAnswers.all where answer.status == status {
                members.append(.init(name: status, value: ["$ref": .string("#/components/responses/\(answer.name)")]))
            }
        }
        return .object(members.sorted { $0.name < $1.name })
    }

    private func response(_ answer: Answer, _ components: inout Components) -> JSON {
        guard answer.status < 400 else {
            return Self.failure(
                String(answer.status), answer.description, answer.content.first?.schema ?? .anything, &components)
        }
        var members: [JSON.Member] = [
            .init(name: "description", value: .string(answer.description(components.language))),
            .init(
                name: "headers",
                value: [
                    "X-Request-Id": ["$ref": "#/components/headers/request"],
                    "ETag": ["$ref": "#/components/headers/state"],
                ]),
        ]
        if !answer.content.isEmpty {
            let content = answer.content.map {
                JSON.Member(name: $0.type, value: ["schema": components.json($0.schema)])
            }
            members.append(.init(name: "content", value: .object(content)))
        }
        if let path = answer.rowsAt { members.append(.init(name: "links", value: links(to: path + "{id}/"))) }
        return .object(members)
    }

    private func notModified(_ language: Language) -> JSON {
        let text = Text("The state at hand is the present one.", es: "El estado que se tiene es el actual.")
        return [
            "description": .string(text(language)),
            "headers": ["X-Request-Id": ["$ref": "#/components/headers/request"]],
        ]
    }

    /// What can be done with the row that was made.
    private func links(to row: String) -> JSON {
        let targets = routes.filter { $0.path.hasPrefix(row) }
        return .object(
            targets.map {
                .init(
                    name: $0.operationID,
                    value: [
                        "operationId": .string($0.operationID), "parameters": ["id": "$response.body#/id"],
                    ])
            })
    }

    private static func failure(
        _ status: String, _ description: Text, _ schema: Schema, _ components: inout Components
    ) -> JSON {
        var headers: [JSON.Member] = [.init(name: "X-Request-Id", value: ["$ref": "#/components/headers/request"])]
        if status == "429" { headers.append(.init(name: "Retry-After", value: ["$ref": "#/components/headers/wait"])) }
        return [
            "description": .string(description(components.language)),
            "headers": .object(headers),
            "content": [
                "application/json": ["schema": components.json(schema)],
                "application/problem+json": ["schema": components.json(StandardAnswers.problem)],
            ],
        ]
    }

    private static func requestHeader(_ language: Language) -> JSON {
        let text = Text("Names the request in our log.", es: "Nombra la solicitud en nuestra bitácora.")
        return ["description": .string(text(language)), "required": true, "schema": ["type": "string"]]
    }

    private static func stateHeader(_ language: Language) -> JSON {
        let text = Text(
            "Names this state, for `If-Match` and `If-None-Match`.",
            es: "Nombra este estado, para `If-Match` e `If-None-Match`.")
        return ["description": .string(text(language)), "schema": ["type": "string"]]
    }

    private static func waitHeader(_ language: Language) -> JSON {
        let text = Text("Seconds to wait.", es: "Segundos de espera.")
        return [
            "description": .string(text(language)), "required": true, "schema": ["type": "integer", "minimum": 1],
        ]
    }

    private static func securitySchemes(_ language: Language) -> JSON {
        let token = Text(
            "`Authorization: Bearer …` with the access token of `signIn`. The words beside it name the roles that may call.",
            es:
                "`Authorization: Bearer …` con el token de acceso de `signIn`. Las palabras junto a él nombran las funciones que pueden llamar."
        )
        let gate = Text(
            "`Authorization: Gate id=…, kv=…, ts=…, rid=…, mac=…`: the signature of a gate's own device, HMAC-SHA256 over method, path, SHA-256 of the body, `ts` and `rid`, a line each.",
            es:
                "`Authorization: Gate id=…, kv=…, ts=…, rid=…, mac=…`: la firma del dispositivo de un acceso, HMAC-SHA256 sobre método, ruta, SHA-256 del cuerpo, `ts` y `rid`, uno por línea."
        )
        return [
            "token": [
                "type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": .string(token(language)),
            ],
            "gate": [
                "type": "apiKey", "in": "header", "name": "Authorization", "description": .string(gate(language)),
            ],
        ]
    }
}

extension Route {
    /// Those of the handler, and those that every route of its kind reads.
    fileprivate var allParameters: [RequestParameter] {
        (documentation?.parameters ?? []) + (traits.contains(.repeatable) ? [.idempotencyKey] : [])
            + (method == .get ? [.ifNoneMatch] : [])
    }

    fileprivate var operationID: String { documentation?.id ?? name.uncapitalizedWord }

    /// The names in braces, in the order of the path.
    fileprivate var captures: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }
}

extension Method {
    fileprivate var key: String { rawValue.lowercased() }
}

extension String {
    /// `SignIn` is `signIn`.
    fileprivate var uncapitalizedWord: String { prefix(1).lowercased() + dropFirst() }
}
