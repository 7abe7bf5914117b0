package import Web

/// A page with one form: GET shows it, POST does what it asks, or shows it again with what is wrong and all that was typed.
///
/// A page of any room is a struct with what its address says, the form and one `perform`; `Route.form` makes both rows.
package protocol FormPage: SendableMetatype {
    /// The page around the form.
    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response

    /// What the button does.
    ///
    /// - Throws: 400, 409 and 429, which the form then shows; whatever else becomes a page of its own.
    func perform(_ form: Form, _ page: PageContext) throws -> Response
}

/// What came of a form: nothing yet, or what was typed and what is wrong with it.
package struct FormAnswer {
    /// What was sent; nil for a form that nobody has filled in.
    package let form: Form?
    /// What is wrong with it.
    package let errors: [FieldError]
    /// Of the answer that shows it.
    package let status: Int
    /// Of the answer that shows it, such as `Retry-After`.
    package let headers: [Header]

    /// A form that nobody has filled in.
    package init() {
        form = nil
        errors = []
        status = 200
        headers = []
    }

    /// What was typed, with nothing wrong so far.
    package init(filledIn form: Form) {
        self.form = form
        errors = []
        status = 200
        headers = []
    }

    /// - Returns: nil for what is no fault of what was typed.
    package init?(_ form: Form, _ error: HTTPError) {
        guard let faults = error.formFaults else { return nil }
        self.form = form
        errors = faults
        status = error.status
        headers = error.headers
    }

    /// What stands in a field of one value, by its name.
    package func text(_ name: String) -> String { form?.text(name) ?? "" }
}

extension FormPage {
    /// Does it, and shows the form again where that is refused.
    package func submit(_ form: Form, _ page: PageContext) throws -> Response {
        do {
            return try perform(form, page)
        } catch {
            guard let answer = FormAnswer(form, HTTPError(error)) else { throw error }
            return try show(answer, page)
        }
    }
}

extension Route {
    /// The rows of a page with a form: GET and POST.
    ///
    /// - Parameters:
    ///   - name: in the printed table and the log; nil for that of the type.
    ///   - prepare: reads the address: mostly an initialiser of the page.
    package static func form<Page: FormPage>(
        _ path: String, for access: Access, named name: String? = nil,
        _ prepare: @escaping @Sendable (Request) throws(HTTPError) -> Page
    ) -> [Route] {
        let name = name ?? "\(Page.self)"
        return [
            .page(.get, path, for: access, named: "Show \(name)") { request throws(HTTPError) in
                let shown = try prepare(request)
                return { page in try shown.show(FormAnswer(), page) }
            },
            .page(.post, path, for: access, named: "Submit \(name)") { request throws(HTTPError) in
                let shown = try prepare(request)
                let form = try Form(request)
                return { page in try shown.submit(form, page) }
            },
        ]
    }
}
