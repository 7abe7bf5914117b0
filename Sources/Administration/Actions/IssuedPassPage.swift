import Cryptography
import Pages
import PostgreSQL
import Resource
import Visitors
import Vocabulary
import Web

/// A pass in clear, to hand over: only ever the answer to a POST.
enum IssuedPassPage {
    static let summaryFields = [
        "visitor", "unit_display", "address", "valid_from", "valid_until", "access_points", "schedule", "max_uses",
        "code_type", "warnings",
    ]

    /// - Parameters:
    ///   - isNew: whether it is issued now, which may approve the visit.
    ///   - pass: makes it, reading these columns of its row.
    static func response(
        _ page: PageContext, isNew: Bool = false, _ pass: (PassColumns) throws -> RevealedPass
    ) throws -> Response {
        guard let table = Table.named("passes") else { throw HTTPError.notFound() }
        let cells = FieldColumns(table, summaryFields, after: 2)
        let pass = try pass(PassColumns("t.id, \(approved)\(cells.sql)", for: "pages"))
        let path = table.path(of: try pass.row.integer(0))
        let uri = pass.secret?.uri(issuer: page.layout.session?.siteName ?? "Garita", account: pass.code.text)
        let origin = page.context.request.origin
        let secret = SecretReveal(
            text: pass.code.text, label: Text("Code", es: "Código"),
            picture: pass.isOneTime ? uri : pass.link?.picture(origin: origin) ?? pass.code.text, place: path)
        let notice: HTML? =
            try isNew && pass.row.bool(1)
            ? "<p class=\"notice\" role=\"status\">\(page.localized(nowApproved))</p>\n" : nil
        let content: HTML = """
            \(notice)\(try cells.alerts(pass.row, page))\(secret.html(page))\(pass.link.map { link($0.address(origin: origin), page) })\(pass.secret.map { oneTime($0.base32, page) })\(noSeed(pass, page))
            \(try cells.facts(pass.row, page))
            <p class="tools"><a class="button" href="\(path)">\(page.localized(Text("View pass", es: "Ver el pase")))</a></p>
            """
        return page.admin(
            page.localized(Text("Visitor pass", es: "Pase de visita")), crumbs: [table.crumb(page)], content)
    }

    /// A visit that awaits approval is approved after its pass is written, by the same transaction.
    private static let approved =
        "(select v.status = 'APPROVED' and v.updated_at > t.created_at from garita.visitors as v where v.id = t.visitor_id)"
    private static let nowApproved = Text(
        "The visit was awaiting approval and is now approved.",
        es: "La visita estaba por autorizar y ahora está autorizada.")

    private static func link(_ address: String, _ page: PageContext) -> HTML {
        """
        <p>\(page.localized(forTheVisitor))</p>
        <p class="secret-text"><code class="lines" data-copy>\(address)</code></p>

        """
    }

    private static let forTheVisitor = Text(
        "Link for the visitor, who opens the pass with it without an account:",
        es: "Enlace para el visitante, que con él abre su pase sin tener una cuenta:")

    private static func oneTime(_ seed: String, _ page: PageContext) -> HTML {
        """
        <p>\(page.localized(howToUse))<br><code class="long">\(seed)</code></p>

        """
    }

    private static func noSeed(_ pass: RevealedPass, _ page: PageContext) -> HTML? {
        pass.isOneTime && pass.secret == nil ? "<p class=\"notice\">\(page.localized(shownOnce))</p>\n" : nil
    }

    private static let shownOnce = Text(
        "The QR code for the authenticator app was shown only when the pass was issued. If the visitor"
            + " lost it, issue a new pass.",
        es:
            "El código QR para la aplicación de autenticación solo se mostró al emitir el pase. Si el"
            + " visitante lo perdió, emita un pase nuevo.")
    private static let howToUse = Text(
        "The visitor scans this QR code with an authenticator app, or types this key into it. At the"
            + " gate the visitor gives the code followed by the six digits the app shows at that moment.",
        es:
            "El visitante escanea este código QR con una aplicación de autenticación, o escribe en ella"
            + " esta clave. En el acceso da el código y, a continuación, los seis dígitos que muestre la"
            + " aplicación en ese momento.")
}
