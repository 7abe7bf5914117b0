import JSON
package import Pages
package import Web

/// The document of the API as a page for people: one text, no script, nothing from elsewhere.
package struct APIPage {
    private let document: JSON
    private let language: Language

    package init(_ document: APIDocument, _ language: Language) {
        self.document = document.json(language)
        self.language = language
    }

    package var html: HTML {
        let title = text(document["info"], "title")
        return """
            <!doctype html>
            <html lang="\(language.code)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>API · \(title)</title>
            <link rel="stylesheet" href="/static/garita.css">
            </head>
            <body>
            <header class="bar"><a class="brand" href="/">\(title)</a><a href="/api/schema/">OpenAPI 3.1</a></header>
            <main id="main" class="reference">
            <h1>\(say(Self.heading))</h1>
            \(prose(text(document["info"], "description")))
            <nav aria-label="\(say(Self.groups))"><ul>\(tags.map(link))\
            <li><a href="#answers">\(say(Self.commonAnswers))</a></li>
            <li><a href="#schemas">\(say(Self.schemas))</a></li></ul></nav>
            \(tags.map(section))
            <section id="answers"><h2>\(say(Self.commonAnswers))</h2>
            <p>\(say(Self.aboutAnswers))</p>
            <dl class="facts">\(StandardAnswers.all.map(common))</dl></section>
            <section id="schemas"><h2>\(say(Self.schemas))</h2>
            \(members(document["components"]?["schemas"]).map(schema))</section>
            </main>
            </body>
            </html>

            """
    }

    // MARK: Groups and operations

    private var tags: [JSON] { document["tags"]?.elements ?? [] }

    private func link(_ tag: JSON) -> HTML {
        let name = text(tag, "name")
        return "<li><a href=\"#\(name)\">\(name)</a></li>\n"
    }

    private func section(_ tag: JSON) -> HTML {
        let name = text(tag, "name")
        let operations = members(document["paths"]).flatMap { path in
            members(path.value).filter { $0.value["tags"] == [.string(name)] }.map { operation($0, path.name) }
        }
        return """
            <section id="\(name)"><h2>\(name)</h2>
            <p>\(text(tag, "description"))</p>
            \(operations)</section>

            """
    }

    private func operation(_ operation: JSON.Member, _ path: String) -> HTML {
        let parameters = (operation.value["parameters"]?.elements ?? []).map(resolved)
        let body = operation.value["requestBody"]?["content"]?["application/json"]
        let answers = members(operation.value["responses"])
        return """
            <details id="\(text(operation.value, "operationId"))">
            <summary><code>\(operation.name.uppercased()) \(path)</code> \(text(operation.value, "summary"))</summary>
            \(prose(text(operation.value, "description")))
            <h3>\(say(Self.parameters))</h3>
            <dl class="facts">\(parameters.map(parameter))</dl>
            \(body.map(self.body))\
            <h3>\(say(Self.answers))</h3>
            <dl class="facts">\(answers.filter { $0.value["$ref"] == nil }.map(answer))</dl>
            \(others(answers.filter { $0.value["$ref"] != nil }.map(\.name)))
            </details>

            """
    }

    private func parameter(_ parameter: JSON) -> HTML {
        let isRequired = parameter["required"] == true
        return """
            <div><dt><code>\(text(parameter, "name"))</code> \(text(parameter, "in"))\(required, if: isRequired)</dt>
            <dd>\(inline(text(parameter, "description"))) <span class="quiet">\(parameter["schema"].map(type))</span></dd></div>

            """
    }

    /// The fields of a body and one that is right.
    private func body(_ content: JSON) -> HTML {
        let schema = content["schema"] ?? .null
        let fields = fields(of: resolved(schema))
        let form: HTML = schema["$ref"] == nil ? "" : "<p>\(type(of: schema))</p>\n"
        let example = content["example"].map { "<pre><code>\(written($0))</code></pre>\n" as HTML }
        return "<h3>\(say(Self.body))</h3>\n\(form)\(fields)\(example)"
    }

    /// The answers that are told once for all.
    private func others(_ statuses: [String]) -> HTML? {
        guard !statuses.isEmpty else { return nil }
        let links = statuses.map { "<a href=\"#answer-\($0)\">\($0)</a>" as HTML }
        return "<p>\(say(Self.alsoAnswers)) \(joined(links, by: ", "))</p>"
    }

    private func common(_ answer: (status: String, name: String, description: Text, schema: Schema)) -> HTML {
        let told = document["components"]?["responses"]?[answer.name] ?? .null
        let types = members(told["content"]).map { content -> HTML in
            "<br><code>\(content.name)</code> \(content.value["schema"].map(type))"
        }
        return """
            <div id="answer-\(answer.status)"><dt>\(answer.status)</dt>
            <dd>\(inline(text(told, "description")))\(types)</dd></div>

            """
    }

    private func answer(_ answer: JSON.Member) -> HTML {
        let told = resolved(answer.value)
        let types = members(told["content"]).map { content -> HTML in
            "<br><code>\(content.name)</code> \(content.value["schema"].map(type))"
        }
        return "<div><dt>\(answer.name)</dt><dd>\(inline(text(told, "description")))\(types)</dd></div>\n"
    }

    // MARK: Schemas

    private func schema(_ schema: JSON.Member) -> HTML {
        let content = fields(of: schema.value) ?? "<p>\(type(of: schema.value))</p>"
        return
            "<details id=\"schema-\(schema.name)\"><summary><code>\(schema.name)</code></summary>\n\(content)\n</details>\n"
    }

    /// The members of an object; nil for what has none.
    private func fields(of schema: JSON) -> HTML? {
        let needed = schema["required"]?.elements ?? []
        let fields = members(schema["properties"]).map { field -> HTML in
            """
            <div><dt><code>\(field.name)</code>\(required, if: needed.contains(.string(field.name)))</dt>
            <dd>\(inline(text(field.value, "description"))) <span class="quiet">\(type(of: field.value))</span></dd></div>

            """
        }
        return fields.isEmpty ? nil : "<dl class=\"facts\">\(fields)</dl>\n"
    }

    /// A schema in one line; of words that have a name, the words.
    private func type(of schema: JSON) -> HTML {
        if let name = schema["$ref"]?.stringValue?.split(separator: "/").last {
            let words = resolved(schema)
            guard words["enum"] == nil else { return type(of: words) }
            return "<a href=\"#schema-\(name)\">\(name)</a>"
        }
        if let choices = schema["anyOf"]?.elements { return joined(choices.map(type), by: " | ") }
        if let value = schema["const"] { return "<code>\(written(value))</code>" }
        if let words = schema["enum"]?.elements {
            return joined(words.map { "<code>\(written($0))</code>" }, by: " | ")
        }
        if let element = schema["items"] { return "[\(type(of: element))]" }
        if let value = schema["additionalProperties"] { return "{…: \(type(of: value))}" }
        let types = (schema["type"]?.elements ?? [schema["type"] ?? "any"]).compactMap(\.stringValue)
        let limits = Self.limits.compactMap { limit in schema[limit].map { "\(limit) \(written($0))" } }
        let example = schema["examples"]?.elements?.first.map { "· \(say(Self.example)) \(written($0))" }
        return "\(([types.joined(separator: " | ")] + limits + [example].compactMap { $0 }).joined(separator: " "))"
    }

    private static let limits = ["format", "minimum", "maximum", "minLength", "maxLength", "pattern", "default"]

    // MARK: Words

    /// Pieces of text, and between lines of three backticks what is to be typed.
    private func prose(_ text: String) -> HTML {
        let pieces = "\n\(text)\n".split(separator: "\n```\n", omittingEmptySubsequences: false)
        return HTML(
            pieces.enumerated().map {
                $0.offset.isMultiple(of: 2)
                    ? paragraphs(String($0.element)) : "<pre><code>\(String($0.element))</code></pre>\n"
            })
    }

    /// Headings, paragraphs, then the points of a list.
    private func paragraphs(_ text: String) -> HTML {
        let lines = text.split(separator: "\n").map(String.init)
        let paragraphs = lines.filter { !$0.hasPrefix("- ") }.map { line -> HTML in
            line.hasPrefix("## ") ? "<h2>\(inline(String(line.dropFirst(3))))</h2>\n" : "<p>\(inline(line))</p>\n"
        }
        let points = lines.filter { $0.hasPrefix("- ") }.map { "<li>\(inline(String($0.dropFirst(2))))</li>\n" as HTML }
        let list: HTML? = points.isEmpty ? nil : "<ul>\(points)</ul>"
        return "\(paragraphs)\(list)"
    }

    /// What stands between backticks is code.
    private func inline(_ text: String) -> HTML {
        let pieces = text.split(separator: "`", omittingEmptySubsequences: false)
        return HTML(
            pieces.enumerated().map {
                $0.offset.isMultiple(of: 2) ? HTML(String($0.element)) : "<code>\($0.element)</code>"
            })
    }

    private func joined(_ pieces: [HTML], by separator: String) -> HTML {
        HTML(pieces.enumerated().map { $0.offset == 0 ? $0.element : HTML(separator) + $0.element })
    }

    private func written(_ value: JSON) -> String {
        value.stringValue ?? String(decoding: value.serialized(), as: UTF8.self)
    }
    private func members(_ json: JSON?) -> [JSON.Member] { json?.members ?? [] }
    private func text(_ json: JSON?, _ name: String) -> String { json?[name]?.stringValue ?? "" }
    private func say(_ text: Text) -> String { text(language) }
    private var required: HTML { " <strong>\(say(Self.mandatory))</strong>" }

    /// What a reference into the components means.
    private func resolved(_ json: JSON) -> JSON {
        guard let path = json["$ref"]?.stringValue else { return json }
        return path.split(separator: "/").dropFirst().reduce(document) { $0[String($1)] ?? .null }
    }

    private static let heading = Text("The interface for programs (API)", es: "La interfaz para programas (API)")
    private static let groups = Text("Groups", es: "Grupos")
    private static let schemas = Text("Data", es: "Datos")
    private static let parameters = Text("Parameters", es: "Parámetros")
    private static let body = Text("Body", es: "Cuerpo")
    private static let answers = Text("Answers", es: "Respuestas")
    private static let commonAnswers = Text("Answers that any request may get", es: "Respuestas de cualquier solicitud")
    private static let aboutAnswers = Text(
        "Told once here; each operation names those that it may get.",
        es: "Se describen aquí una sola vez; cada operación nombra las que puede dar.")
    private static let alsoAnswers = Text("As for any request:", es: "Como en toda solicitud:")
    private static let example = Text("for example", es: "por ejemplo")
    private static let mandatory = Text("required", es: "obligatorio")
}
