import JSON
import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// A page that does one thing to one row: GET shows the row and a form, POST does it.
///
/// It stands where the row's table promises a task: `/admin/visitors/7/pass/`.
protocol ActionPage: SendableMetatype {
    static var table: Table? { get }
    /// Behind the row's address, as the table's declaration says.
    static var path: String { get }
    /// The fields that say what it is about.
    static var facts: [String] { get }
    static var question: ConfirmationPage { get }
    /// What else the form needs to know, asked in the same round trip.
    static func questions(_ id: Int64) -> [Statement]
    static func form(_ answers: ArraySlice<Rows>, _ page: PageContext) throws -> ActionForm
    /// - Throws: what the form then shows: 400, 409.
    static func perform(_ id: Int64, _ form: Form, _ page: PageContext) throws -> Response
}

extension ActionPage {
    static func questions(_ id: Int64) -> [Statement] { [] }

    static func form(_ answers: ArraySlice<Rows>, _ page: PageContext) throws -> ActionForm { ActionForm() }

    /// The rows of the route table: GET and POST.
    static func routes(of table: Table) -> [Route] {
        let path = "\(table.path){id}/\(path)"
        return [
            .page(.get, path, for: .administrators, named: "Ask \(table.admin.slug) \(Self.path)") {
                request throws(HTTPError) in
                let id = try request.identifier()
                return { page in try ask(id, page) }
            },
            .page(.post, path, for: .administrators, named: "Do \(table.admin.slug) \(Self.path)") {
                request throws(HTTPError) in
                let id = try request.identifier()
                let form = try Form(request)
                return { page in try submit(id, form, page) }
            },
        ]
    }

    private static func submit(_ id: Int64, _ form: Form, _ page: PageContext) throws -> Response {
        do {
            return try perform(id, form, page)
        } catch {
            let refusal = HTTPError(error)
            guard let faults = refusal.formFaults else { throw error }
            return try ask(id, page, typed: form, errors: faults, status: refusal.status)
        }
    }

    private static func ask(
        _ id: Int64, _ page: PageContext, typed: Form? = nil, errors: [FieldError] = [], status: Int = 200
    ) throws -> Response {
        guard let table else { throw HTTPError.notFound() }
        let condition = table.admin.tasks.first { $0.path == path }?.condition ?? "true"
        let cells = FieldColumns(table, facts, after: 2)
        let read = Statement(
            "select \(table.admin.title("t")), \(condition)\(cells.sql) from \(table.resource.table) as t"
                + " where t.id = $1", name: "admin task \(table.admin.slug) \(path)", parameters: [.integer(id)])
        let results = try page.context.run([read] + questions(id))
        guard let row = results[0].first else { throw HTTPError.notFound(table.resource.model) }
        let crumbs = [
            table.crumb(page), Crumb(path: table.path(of: id), label: try row.optionalText(0) ?? "#\(id)"),
        ]
        let facts = try cells.facts(row, page)
        guard try row.optionalBool(1) == true || status != 200 else {
            return page.admin(
                page.localized(question.title), crumbs: crumbs,
                "\(facts)<p class=\"notice\">\(page.localized(.notNow))</p>")
        }
        let form = try form(results[1...], page)
        return question.response(
            page, crumbs: crumbs, form.facts(facts), fields: form.drawn(typed), errors: errors, status: status)
    }
}

/// The fields of a task's form, and what to start from.
struct ActionForm {
    var fields: [ActionField] = []
    /// What stands in them first, by name.
    var defaults: JSON = .object([])
    /// More to know, below the facts.
    var more: HTML?

    func facts(_ facts: HTML) -> HTML { "\(facts)\(more)" }

    /// - Parameter typed: what was sent; nil for a form that nobody has filled in.
    func drawn(_ typed: Form?) -> [FormField] {
        let values = typed.map { FormValues(typed: $0) } ?? FormValues(row: defaults)
        return fields.map { FormField($0.field, values, isNew: false, options: $0.options) }
    }
}

/// A field of a task's form, with the rows it offers.
struct ActionField {
    let field: Field
    var options: [Choice]?

    init(_ field: Field, _ rows: Rows? = nil) throws {
        self.field = field
        options = try rows?.map(Choice.init)
    }
}

extension FieldColumns {
    /// All of them, one below the other.
    func facts(_ row: Row, _ page: PageContext) throws -> HTML {
        let lines = try cells.map { cell -> HTML in
            "<div><dt>\(page.localized(cell.field.label))</dt><dd>\(try cell.html(row, page))</dd></div>"
        }
        return "<dl class=\"facts\">\(lines)</dl>\n"
    }
}

extension Text {
    fileprivate static let notNow = Text(
        "As it stands now, this cannot be done to it.", es: "En su estado actual, esto no se puede hacer.")
}
