import Pages
import Resource
import Web

/// The small picture of a visitor or a resident, to whoever may see the row.
struct GatePhoto {
    private let photo: ShowPhoto

    init(_ resource: Resource, _ request: Request) throws(HTTPError) {
        photo = try ShowPhoto(thumbnailOf: resource, request)
    }

    func respond(_ page: PageContext) throws -> Response { try photo.respond(page.context) }
}
