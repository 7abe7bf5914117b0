import Cryptography
import OpenAPI
import PostgreSQL
import QRCode
import Resource
import Web

/// `GET /api/codes/{id}/qr.png` and `qr.svg`: the picture of a pass.
///
/// It carries the code and nothing else, no name.
///
/// For administrators, the household that expects the visitor, and for ten minutes whoever issued it.
/// - SQL: `api.code_for_display` (sql/functions/visitors/code_for_display.sql).
struct ShowQRCode {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) {
        id = try request.identifier()
    }

    /// The picture's QR code, or 404 when this caller may not see it.
    fileprivate func symbol(_ context: Context) throws -> QRCode {
        let statement = Statement(
            "select sealed, tag, key_version from api.code_for_display($1)", name: "code_for_display",
            parameters: [.integer(id)])
        let rows = try context.run([statement])[0]
        guard rows.count == 1 else { throw HTTPError.notFound(temporaryCodes.model) }
        let row = rows[0]
        let code = try context.keys.codes.open(
            try row.bytes(0), tag: try row.bytes(1), generation: Int(try row.integer(2)))
        return try QRCode(text: code)
    }
}

/// The PNG picture.
struct ShowQRCodePNG: Endpoint {
    static let documentation = Documentation(
        Text("The QR code of a pass, as PNG", es: "El código QR de un pase, en PNG"),
        answers: [.file("image/png", Text("The picture.", es: "La imagen."))])

    private let picture: ShowQRCode

    init(_ request: Request) throws(HTTPError) { picture = try ShowQRCode(request) }

    func respond(_ context: Context) throws -> Response {
        .file(try picture.symbol(context).png(), type: "image/png")
    }
}

/// The SVG picture.
struct ShowQRCodeSVG: Endpoint {
    static let documentation = Documentation(
        Text("The QR code of a pass, as SVG", es: "El código QR de un pase, en SVG"),
        answers: [.file("image/svg+xml", Text("The picture.", es: "La imagen."))])

    private let picture: ShowQRCode

    init(_ request: Request) throws(HTTPError) { picture = try ShowQRCode(request) }

    func respond(_ context: Context) throws -> Response {
        .file(Array(try picture.symbol(context).svg().utf8), type: "image/svg+xml")
    }
}
