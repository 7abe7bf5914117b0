import Pages
import Resource
import Vocabulary
import Web

/// A page of a declared table: the same handler for all of them, told which one by its row of the route table.
protocol TableHandler: SendableMetatype {
    init(_ table: Table, _ request: Request) throws(HTTPError)

    func respond(_ page: PageContext) throws -> Response
}

extension Route {
    /// The rows for a page of one table with a form: GET and POST.
    static func form<Page: FormPage>(
        _ table: Table, _ path: String,
        _ prepare: @escaping @Sendable (Table, Request) throws(HTTPError) -> Page
    ) -> [Route] {
        Route.form(table.path + path, for: .administrators, named: "\(Page.self) \(table.admin.slug)") {
            request throws(HTTPError) in try prepare(table, request)
        }
    }

    /// A row for a page of one table: `/admin/visitors/` and what stands behind it.
    static func page(
        _ method: Method, _ table: Table, _ path: String, _ handler: any TableHandler.Type
    ) -> Route {
        .page(method, table.path + path, for: .administrators, named: "\(handler) \(table.admin.slug)") {
            request throws(HTTPError) in
            try handler.init(table, request).respond
        }
    }
}

extension Table {
    /// The pages of this table that its declaration allows.
    var pages: [Route] {
        var pages: [Route] = [
            .page(.get, self, "", ShowList.self), .page(.get, self, "{id}/", ShowRow.self),
            .page(.get, self, "{id}/history/", ShowHistory.self), .page(.get, self, "pick/", ShowChoices.self),
        ]
        if allows(.export) { pages.append(.page(.get, self, "export/", ExportList.self)) }
        if resource.photo != nil { pages.append(.page(.get, self, "{id}/photo/", ShowRowPhoto.self)) }
        if allows(.create), !admin.hasCustomForms {
            pages += Route.form(self, "new/", NewRecordPage.init)
        }
        if allows(.update), !admin.hasCustomForms {
            pages += Route.form(self, "{id}/edit/", EditRecordPage.init)
        }
        if allows(.delete) {
            pages += Route.form(self, "{id}/delete/", DeletePage.init)
        }
        if findsByCode { pages.append(.page(.post, self, "find/", FindRow.self)) }
        if !bulkActions.isEmpty { pages.append(.page(.post, self, "bulk/", PerformBulkAction.self)) }
        return pages + actions.flatMap { $0.routes(of: self) }
    }
}
