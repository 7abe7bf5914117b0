import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// A page that does one thing, mostly to one row: GET says what will happen and asks, POST does it.
///
/// It stands behind the address of what it is about: `/admin/visitors/7/pass/`. Whether it can be done the database
/// decides; the page only knows when to offer it.
struct ActionPage: Sendable {
    /// What it is done to.
    enum Subject {
        case row
        /// A row, or what the number 0 stands for.
        case rowOrZero
        /// The table: it makes a row.
        case table
    }

    /// The table that it is about.
    let resource: Resource
    /// Behind the address of the row or of the table.
    let path: String
    let title: Text
    /// What a link to it says; nil for the title.
    var label: Text?
    /// What will happen, a sentence each.
    var consequences: [Text] = []
    /// What its button says; nil for the title.
    var button: Text?
    /// Whether something is taken away, and drawn so.
    var isDestructive = false
    var subject = Subject.row
    /// SQL over `t`: whether the row has it; nil for always.
    var condition: String?
    /// SQL over `t`: whether the page of the row has a link to it, where it does no harm at other times; nil as ``condition``.
    var offered: String?
    /// The fields that say what it is about.
    var summaryFields: [String] = []
    /// What else the form needs to know, asked in the same round trip.
    var extraStatements: @Sendable (Int64) -> [Statement] = { _ in [] }
    /// What else stands on the page, as the extra statements were answered.
    var form: @Sendable (ArraySlice<Rows>, PageContext) throws -> ActionForm = { _, _ in ActionForm() }
    /// - Throws: what the form then shows: 400, 409.
    let perform: @Sendable (ActionRequest) throws -> ActionResult

    /// The rows of the route table: GET and POST.
    func routes(of table: Table) -> [Route] {
        let place = "\(table.path)\(subject == .table ? "" : "{id}/")\(path)"
        return Route.form(place, for: .administrators, named: "\(table.admin.slug) \(path)") {
            request throws(HTTPError) in
            PerformedAction(action: self, table: table, id: subject == .table ? 0 : try request.identifier())
        }
    }
}

/// The page of an action, about one row or the whole table.
private struct PerformedAction: FormPage {
    let action: ActionPage
    let table: Table
    /// The row's; 0 where it is about none.
    let id: Int64

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        switch try action.perform(ActionRequest(table: table, id: id, form: form, page: page)) {
        case .notice(let text, let place): page.seeOther(place ?? table.path(of: id), notice: text)
        case .page(let response): response
        }
    }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let cells = FieldColumns(table, action.summaryFields, after: 2)
        let read = table.resource.rowStatement(
            "\(table.admin.title("t")), \(action.condition ?? "true")\(cells.sql)", .number(id),
            name: "admin action \(table.admin.slug) \(action.path)")
        let results = try page.context.run([read] + action.extraStatements(id))
        let row = results[0].first
        guard row != nil || id == 0 && action.subject != .row else { throw HTTPError.notFound(table.resource.model) }
        let crumbs = try [table.crumb(page)] + (row.map { [table.crumb(of: id, try $0.optionalText(0))] } ?? [])
        let summary: HTML =
            "\(try row.flatMap { try cells.alerts($0, page) })\(try row.flatMap { try cells.facts($0, page) })"
        let isOffered = try row.map { try $0.optionalBool(1) == true } ?? true
        guard isOffered || answer.form != nil else {
            return page.admin(
                action.title, crumbs: crumbs, "\(summary)<p class=\"notice\">\(page.localized(.notNow))</p>")
        }
        let form = try action.form(results[1...], page)
        if let instead = form.instead {
            return page.admin(
                action.title, crumbs: crumbs, status: answer.status, "\(summary)\(form.summary)\(instead)")
        }
        return ConfirmationPage(
            title: action.title, consequences: action.consequences + form.consequences,
            button: action.button ?? action.title, isDestructive: action.isDestructive
        ).response(
            page, crumbs: crumbs, "\(summary)\(form.summary)", fields: form.drawn(answer.form), errors: answer.errors,
            status: answer.status)
    }
}

/// What was sent to the page of an action.
struct ActionRequest {
    let table: Table
    /// The row's; 0 where it is about none.
    let id: Int64
    let form: Form
    let page: PageContext

    var context: Context { page.context }
}

/// What a page does once the deed is done.
enum ActionResult {
    /// Says so on the page of the row, or at that address.
    case notice(Text, at: String? = nil)
    /// Something is shown that is shown this once.
    case page(Response)
}

extension FieldColumns {
    /// All of them, one below the other; nil for none.
    func facts(_ row: Row, _ page: PageContext) throws -> HTML? {
        let lines = try cells.filter { !$0.field.isAlert }.map { cell -> HTML in
            "<div><dt>\(page.localized(cell.field.label))</dt><dd>\(try cell.html(row, page))</dd></div>"
        }
        return lines.isEmpty ? nil : "<dl class=\"facts\">\(lines)</dl>\n"
    }
}

extension Table {
    /// What can be done to its rows beside editing them, in the order of their links.
    var rowActions: [ActionPage] { actions.filter { $0.subject != .table } }

    var actions: [ActionPage] { ActionPage.all.filter { $0.resource.table == resource.table } }

    /// The step back to one of its rows.
    func crumb(of id: Int64, _ name: String?) -> Crumb { Crumb(path: path(of: id), label: name ?? "#\(id)") }
}

extension Text {
    fileprivate static let notNow = Text(
        "This cannot be done in its current state.", es: "En su estado actual, esto no se puede hacer.")
}
