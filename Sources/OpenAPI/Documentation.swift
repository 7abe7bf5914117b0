package import Web

/// What the API's document tells of one operation; who may call it, and which errors all share, it takes from the route.
package struct Documentation: Sendable {
    let id: String?
    let summary: Text
    let description: Text?
    let parameters: [RequestParameter]
    private(set) var body: Schema?
    /// The body as a multipart form, where a file may come with it.
    private(set) var form: Schema?
    private(set) var answers: [Answer]

    /// - Parameters:
    ///   - id: its unique and lasting name; nil for the name of the handler.
    ///   - body: what must or may be sent; nil for an operation that takes no body.
    ///   - form: the same as a multipart form, where a file may come with it.
    ///   - answers: successes, and errors with a form of their own.
    package init(
        _ summary: Text, id: String? = nil, _ description: Text? = nil, parameters: [RequestParameter] = [],
        body: Schema? = nil, form: Schema? = nil, answers: [Answer] = []
    ) {
        self.init(summary, id, description, parameters, body, answers)
        self.form = form
    }

    /// For a handler that reads its body by a `RequestBody`.
    package init(
        _ summary: Text, id: String? = nil, _ description: Text? = nil, parameters: [RequestParameter] = [],
        body: any RequestBody, answers: [Answer] = []
    ) {
        self.init(summary, id, description, parameters, .object(body.properties), answers)
    }

    /// The same with one more answer.
    package func answering(_ answer: Answer) -> Documentation {
        var documentation = self
        documentation.answers.insert(answer, at: 0)
        return documentation
    }

    /// The same with what the body holds.
    func reading(_ body: some RequestBody) -> Documentation {
        var documentation = self
        documentation.body = .object(body.properties)
        return documentation
    }

    private init(
        _ summary: Text, _ id: String?, _ description: Text?, _ parameters: [RequestParameter], _ body: Schema?,
        _ answers: [Answer]
    ) {
        self.summary = summary
        self.id = id
        self.description = description
        self.parameters = parameters
        self.body = body
        self.answers = answers
    }
}

/// One answer of an operation.
package struct Answer: Sendable {
    let status: Int
    let description: Text
    /// Media types and what each holds; empty for an answer without a body.
    let content: [(type: String, schema: Schema)]
    /// The path of the list in which the new row stands, for links from it to what can be done with the row.
    private(set) var rowsAt: String?

    package init(_ status: Int, _ description: Text, _ schema: Schema) {
        self.init(status, description, [("application/json", schema)])
    }

    private init(_ status: Int, _ description: Text, _ content: [(type: String, schema: Schema)]) {
        self.status = status
        self.description = description
        self.content = content
    }

    /// 200 with JSON.
    package static func ok(_ schema: Schema, _ description: Text = Text("Done.", es: "Hecho.")) -> Answer {
        Answer(200, description, schema)
    }

    /// 201 with JSON.
    ///
    /// - Parameter rowsAt: the list in which the new row stands, when the answer tells its `id`.
    package static func created(_ schema: Schema, rowsAt: String? = nil) -> Answer {
        var answer = Answer(201, Text("Made.", es: "Creado."), schema)
        answer.rowsAt = rowsAt
        return answer
    }

    /// The same answer in another form besides.
    package func also(_ type: String) -> Answer {
        Answer(status, description, content + [(type, .anything)])
    }

    /// 204.
    package static let noContent = Answer(
        204, Text("Done; there is nothing to say.", es: "Hecho, sin más que decir."), [])

    /// 200 with a file of another type.
    package static func file(_ type: String, _ description: Text) -> Answer {
        Answer(200, description, [(type, .anything)])
    }
}

/// One parameter of a query or a header.
package struct RequestParameter: Sendable {
    package enum Place: String, Sendable {
        case query, header
    }

    let name: String
    let place: Place
    let schema: Schema
    let description: Text
    let isRequired: Bool
    /// What it cannot read is passed over in silence, as the legacy API does.
    let ignoresUnknown: Bool
    /// A list written with commas.
    let isList: Bool
    /// Its name among the components; nil for one that stands in its operation alone.
    let shared: String?

    /// - Parameter shared: its name among the components, for one that is the same in many operations.
    package init(
        _ name: String, in place: Place = .query, _ schema: Schema, _ description: Text, required: Bool = false,
        ignoresUnknown: Bool = false, isList: Bool = false, shared: String? = nil
    ) {
        self.shared = shared
        self.name = name
        self.place = place
        self.schema = schema
        self.description = description
        isRequired = required
        self.ignoresUnknown = ignoresUnknown
        self.isList = isList
    }
}
