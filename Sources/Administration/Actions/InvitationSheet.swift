import JSON
import Pages
import PostgreSQL
import Resource
import Users
import Web

/// One-time links of several new accounts on one sheet, a strip to cut out for each: to be printed, and shown this once.
struct InvitationSheet {
    private let invitations: [Invitation]
    /// Those of the rows chosen that have none, because they had an account or have moved out.
    private let leftOut: Int64
    /// Those that did not fit into one sheet.
    private let remaining: Int64
    /// The list that the rows are of.
    private let table: Table

    /// Makes the accounts, for the residents of these numbers.
    init(for residents: [Int64], of table: Table, _ context: Context) throws {
        let made = try InviteResidents(residents).perform(context)
        let rest = try context.run([
            Statement(
                "select count(*) from garita.residents as r where r.id = any ($1::bigint[]) and r.user_id is null"
                    + " and garita.resides(r.move_out_date)", name: "residents without account",
                parameters: [.integerArray(residents)])
        ])[0].single().integer(0)
        invitations = made
        remaining = rest
        leftOut = Int64(clamping: residents.count - made.count) - rest
        self.table = table
    }

    /// Of accounts that are made already.
    init(_ invitations: [Invitation], of table: Table) {
        self.invitations = invitations
        leftOut = 0
        remaining = 0
        self.table = table
    }

    /// Of the accounts that a file has made; nil where it is of another table, or has made none.
    init?(ofNew report: CSVImportReport, _ table: Table, _ context: Context) throws {
        let names = report.columns.firstIndex(of: "username")
        let rows = report.rows.filter { $0.outcome == .new }
        guard table.resource.table == users.table, let names, !rows.isEmpty else { return nil }
        self.init(try InviteUsers(rows.map { $0.cells[names].plain }).perform(context), of: table)
    }

    func response(_ page: PageContext) -> Response {
        guard !invitations.isEmpty else { return page.seeOther(table.path, notice: .nobody) }
        let strips = invitations.map { strip($0, page) }
        let others = leftOut > 0 ? Self.others(leftOut) : nil
        let more = remaining > 0 ? Self.more(remaining) : nil
        let said = [.shownOnce, others, more].compactMap(\.self).map(page.localized).joined(separator: " ")
        return page.admin(
            Self.title(invitations.count), crumbs: [table.crumb(page)],
            """
            <p class="notice" role="status">\(said)</p>
            <p class="tools"><button type="button" data-print hidden>\(page.localized(.print))</button>
            <a class="button quiet" href="\(table.path)">\(page.localized(.toTheList))</a></p>
            <div class="strips" data-place="\(table.path)">
            \(strips)</div>
            """)
    }

    private func strip(_ invitation: Invitation, _ page: PageContext) -> HTML {
        let place = "\(page.layout.request.origin)\(PagePath.newPassword)"
        let residence = page.layout.session?.siteName ?? ""
        return """
            <section class="strip">\(page.qrCode("\(place)#\(invitation.link.token)", .picture))<div>
            <h2>\(residence)</h2>
            <p><strong>\(invitation.name)</strong>\(invitation.unit.isEmpty ? "" : " · \(invitation.unit)")</p>
            <p>\(page.localized(.userName)): <strong class="code">\(invitation.username)</strong></p>
            <p>\(page.localized(.scan)) <strong>\(place)</strong><br><code>\(invitation.link.token.inGroups)</code></p>
            <p class="quiet">\(page.localized(.goodUntil)) \(SiteTime(invitation.link.endsAt).html(page))</p></div></section>

            """
    }

    private static func title(_ count: Int) -> Text {
        count == 1
            ? Text("1 account created", es: "1 cuenta creada")
            : Text("\(count) accounts created", es: "\(count) cuentas creadas")
    }

    private static func others(_ count: Int64) -> Text {
        Text(
            "Skipped because they already have an account or have moved out: \(count).",
            es: "Se omitieron porque ya tienen cuenta o ya no viven aquí: \(count).")
    }

    private static func more(_ count: Int64) -> Text {
        Text(
            "Still without an account: \(count). Print this sheet, then repeat for the rest.",
            es: "Aún sin cuenta: \(count). Imprima esta hoja y después repita para los demás.")
    }
}

extension String {
    /// Letters in groups of four, for people to type; blanks do not count.
    fileprivate var inGroups: String {
        let letters = Array(self)
        return stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<min($0 + 4, letters.count)]) }
            .joined(separator: " ")
    }
}

extension Text {
    fileprivate static let nobody = Text(
        "No account was created: everybody chosen has one or has moved out.",
        es: "No se creó ninguna cuenta: todos los elegidos ya tienen una o ya no viven aquí.")
    fileprivate static let shownOnce = Text(
        "These links are shown only once and are not stored anywhere. Print the sheet now, cut it, and"
            + " hand each person their strip.",
        es:
            "Estos enlaces solo se muestran esta vez y no se guardan en ninguna parte. Imprima la hoja"
            + " ahora, recórtela y entregue a cada persona su tira."
    )
    fileprivate static let print = Text("Print", es: "Imprimir")
    fileprivate static let toTheList = Text("Back to the list", es: "Volver a la lista")
    fileprivate static let picture = Text("QR code of the link", es: "Código QR del enlace")
    fileprivate static let userName = Text("User name", es: "Nombre de usuario")
    fileprivate static let scan = Text(
        "Scan the QR code with your phone to choose your password, or open this page and enter the code:",
        es: "Escanee el código QR con su teléfono para elegir su contraseña, o abra esta página y escriba el código:")
    fileprivate static let goodUntil = Text("Works once, until", es: "Sirve una vez, hasta")
}
