import Images
import OpenAPI
package import Web

extension Resource {
    /// The rows of the route table that this declaration stands for.
    package var routes: [Route] {
        var routes: [Route] = []
        add(.list, .get, path, "List", to: &routes) { request throws(HTTPError) in
            if let file = try ExportRows(self, request) { return file.respond }
            if let list = try ListByCursor(self, request) { return list.respond }
            return try ListRows(self, request).respond
        }
        if !list.minimal.isEmpty {
            add(.list, .get, path + "list_minimal/", "ListMinimal", to: &routes) { request throws(HTTPError) in
                ListMinimal(self).respond
            }
        }
        add(.create, .post, path, "Create", to: &routes) { request throws(HTTPError) in
            try CreateRow(self, request).respond
        }
        add(.read, .get, path + "{id}/", "Read", to: &routes) { request throws(HTTPError) in
            try ReadRow(self, request).respond
        }
        if photo != nil {
            add(.read, .get, path + "{id}/photo/", "ShowPhoto", to: &routes) { request throws(HTTPError) in
                try ShowPhoto(self, .picture, request).respond
            }
            add(.read, .get, path + "{id}/photo/thumbnail/", "ShowThumbnail", to: &routes) {
                request throws(HTTPError) in
                try ShowPhoto(self, .thumbnail, request).respond
            }
        }
        for method in [Method.put, .patch] {
            add(.update, method, path + "{id}/", "Update", to: &routes) { request throws(HTTPError) in
                try UpdateRow(self, request, isPartial: method == .patch).respond
            }
        }
        add(.delete, .delete, path + "{id}/", "Delete", to: &routes) { request throws(HTTPError) in
            try DeleteRow(self, request).respond
        }
        return routes
    }

    private func add(
        _ operation: Operation, _ method: Method, _ path: String, _ verb: String, to routes: inout [Route],
        _ prepare: @escaping @Sendable (Request) throws(HTTPError) -> Route.Answer
    ) {
        guard let access = permissions[operation] else { return }
        let route = Route(
            method, path, for: access, named: "\(verb) \(model)", documentation(of: verb, method), prepare)
        switch verb {
        case "List":
            routes.append(route.with(aboutList).with(permissions[.export] == nil ? [] : .exportable))
        case "Create": routes.append(route.with(aboutList).with(.repeatable))
        case "ListMinimal": routes.append(route)
        case "ShowPhoto", "ShowThumbnail": routes.append(route.with(.file))
        default: routes.append(route.with(aboutRow))
        }
    }
}
