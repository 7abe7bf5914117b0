import JSON

extension HTTPError {
    /// The answer in the form that the client asked for: the legacy API's, or problem details.
    func response(to request: Request) -> Response {
        let plain = response(request.language, requestID: request.id)
        guard ContentNegotiation.wantsProblem(request) else { return plain }
        let type = Header("Content-Type", ContentNegotiation.problem)
        let body = problem(request.language, requestID: request.id).serialized()
        return Response(status, headers: [type] + headers, body: body)
    }

    /// The members of RFC 9457, then our own: `code`, `errors` by field, `messages`, `request_id`.
    ///
    /// No `type` beyond `about:blank`: the status and our codes say what there is to say, and no page would add to it.
    private func problem(_ language: Language, requestID: String) -> JSON {
        var members: [JSON.Member] = [
            .init(name: "type", value: "about:blank"),
            .init(name: "title", value: .string(Response.reason(status))),
            .init(name: "status", value: .integer(Int64(status))),
        ]
        switch content {
        case .detail(let text, let code):
            members.append(.init(name: "detail", value: .string(text(language))))
            if let code { members.append(.init(name: "code", value: .string(code))) }
        case .fields(let errors):
            members.append(.init(name: "detail", value: .string(Text.invalidFields(language))))
            members.append(.init(name: "errors", value: FieldError.json(errors, language)))
        case .body(let json):
            let body = json(language).members ?? []
            members += body.filter { member in !members.contains { $0.name == member.name } }
        }
        if !requestID.isEmpty { members.append(.init(name: "request_id", value: .string(requestID))) }
        return .object(members)
    }
}

extension Text {
    fileprivate static let invalidFields = Text(
        "Some values are not valid.", es: "Algunos valores no son válidos.")
}
