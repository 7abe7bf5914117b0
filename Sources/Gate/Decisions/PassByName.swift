import AccessControl
import Pages
import PostgreSQL
import Visitors
import Vocabulary
import Web

/// `POST /gate/visits/{id}/admit/` and `…/exit/`: a visitor whose name was found passes by the own code.
///
/// An approved visit of today that never had a pass gets one for one entry, and so does one whose passes are used up or over, by
/// a resident's word.
/// - SQL: `api.lacks_pass`, `api.take_word`, `api.admit_visit` (sql/functions/gate/).
struct PassByName {
    private let id: Int64
    private let direction: Direction
    private let requestID: String
    /// The resident by whose word the visitor passes once more; nil for none.
    private let host: Int64?
    /// What the console was set to.
    private let console: String

    init(_ request: Request, _ direction: Direction) throws(HTTPError) {
        id = try request.identifier()
        self.direction = direction
        let form = try Form(request)
        requestID = String(form.text("request_id").prefix(64))
        console = form.text("direction")
        host = WholeNumber.read(form.text("host"), in: WholeNumber.identifiers)
    }

    func respond(_ page: PageContext) throws -> Response {
        try page.atGate { shift in
            let verdict = try page.context.transaction { context in
                try givePass(context)
                return try Verdict(context.run([admit(at: shift, context)])[0].single(), context)
            }
            return try VerdictPage(
                verdict: verdict, shift: shift, direction: direction, next: shift.direction(console)
            ).response(page)
        }
    }

    private func givePass(_ context: Context) throws {
        guard direction == .entry else { return }
        guard try context.run([mayGet])[0].single().bool(0) else { return }
        // Until the day of the site ends.
        let today = IssuePass.Period(from: "now", until: "tomorrow")
        _ = try IssuePass(.qr, of: id, during: today, entries: 1, reading: PassColumns("t.id", for: "gate"))
            .perform(context)
    }

    private var mayGet: Statement {
        guard let host else {
            return Statement(
                "select api.lacks_pass($1, $2)", name: "lacks_pass", parameters: [.integer(id), .text(requestID)])
        }
        return Statement(
            "select api.take_word($1, $2)", name: "take_word", parameters: [.integer(id), .integer(host)])
    }

    private func admit(at shift: GateShift, _ context: Context) -> Statement {
        Statement(
            "select \(Verdict.columns) from api.admit_visit($1, $2, $3, $4, $5, $6)", name: "admit_visit",
            parameters: [
                .integer(id), .integer(shift.gate), .text(direction.rawValue), .text(requestID),
                .text(context.request.id), .text(context.request.address),
            ])
    }
}
