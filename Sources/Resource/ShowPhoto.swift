import Images
package import Web

/// `GET /api/<table>/{id}/photo/` and `…/photo/thumbnail/`: the picture of a row that the caller may see.
///
/// The worker says which file, nginx sends it (`X-Accel-Redirect`). A new picture has a new name, so the name makes the
/// `ETag`; size and time, which nginx would take, can be the same for two.
package struct ShowPhoto {
    /// Where nginx finds the folder, for us alone (nginx/snippets/garita-locations.conf).
    private static let place = "/api/.photos/"

    static let about = Text(
        "Made anew from what was sent: nothing of the camera or of the place is in it. It has an `ETag`.",
        es: "Se genera de nuevo a partir de lo enviado: no contiene datos de la cámara ni del lugar. Lleva un `ETag`.")

    private let resource: Resource
    private let id: Int64
    private let size: PhotoFolder.Size

    init(_ resource: Resource, _ size: PhotoFolder.Size, _ request: Request) throws(HTTPError) {
        self.resource = resource
        self.size = size
        id = try request.identifier()
    }

    /// The small one.
    package init(thumbnailOf resource: Resource, _ request: Request) throws(HTTPError) {
        try self.init(resource, .thumbnail, request)
    }

    /// - Throws: the same 404 for a row that is hidden, for none, and for one without a photo.
    package func respond(_ context: Context) throws -> Response {
        guard let name = try resource.photoName(of: id, context), let file = PhotoFolder.file(name, size) else {
            throw HTTPError.notFound(resource.model)
        }
        // Kept by the browser of this person, and asked for again each time: rights may end, and the picture change.
        return try Response(
            200,
            headers: [
                Header("Content-Type", "image/jpeg"), Header("Cache-Control", "private, no-cache"),
                Header("X-Accel-Redirect", Self.place + file),
            ]
        ).named(by: EntityTag(of: Array(file.utf8)), for: context.request)
    }
}
