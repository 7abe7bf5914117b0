import Pages
import PostgreSQL
import Web

/// What a shift hands over: figures and notes.
///
/// - SQL: `api.sum_up_shift` (sql/functions/gate/sum_up_shift.sql).
struct ShiftSummary {
    let isOpen: Bool
    let gateName: String
    private let facts: [(Text, Text)]
    private let times: [(Text, String)]
    private let handover: String
    private let isThrottled: Bool
    private let notes: [(at: String, text: String)]

    static func statement(_ id: Int64) -> Statement {
        Statement(
            "select guard, access_point_name, opened_at::text, closed_at::text, relieved_by, handover, entries, exits,"
                + " refused, by_hand, emergencies, inside, people, waiting, is_throttled, corrections from api.sum_up_shift($1)",
            name: "sum_up_shift", parameters: [.integer(id)])
    }

    static func notes(_ id: Int64) -> Statement {
        Statement(
            "select n.created_at::text, n.text from garita.shift_notes as n where n.shift_id = $1 order by n.created_at",
            name: "notes of a shift", parameters: [.integer(id)])
    }

    init(_ row: Row, notes: Rows) throws {
        gateName = try row.text(1)
        let closed = try row.optionalText(3)
        isOpen = closed == nil
        times =
            [(Text("Begun", es: "Inicio"), try row.text(2))] + (closed.map { [(Text("Ended", es: "Fin"), $0)] } ?? [])
        handover = try row.text(5)
        isThrottled = try row.bool(14)
        self.notes = try notes.map { (try $0.text(0), try $0.text(1)) }
        // A shift that ended before its figures were kept has none.
        let same = { (name: String) in Text(name, es: name) }
        let count = { (column: Int) in same(try row.optionalInteger(column).map(String.init) ?? "–") }
        let inside = try row.optionalInteger(11).map { visits in
            Text.count(try row.optionalInteger(12) ?? visits, in: visits)
        }
        facts =
            [(Text("Guard", es: "Guardia"), same(try row.text(0))), (.gate, same(gateName))]
            + (try row.optionalText(4).map { [(Text("Relieved by", es: "Relevó"), same($0))] } ?? [])
            + [
                (Text("Entries", es: "Entradas"), try count(6)), (Text("Exits", es: "Salidas"), try count(7)),
                (Text("Refused", es: "Rechazos"), try count(8)), (Text("By hand", es: "A mano"), try count(9)),
                (Text("Emergencies", es: "Emergencias"), try count(10)),
                (Text("Corrections", es: "Correcciones"), try count(15)),
                (Text("Inside", es: "Dentro"), inside ?? same("–")),
                (Text("Waiting for an answer", es: "En espera de respuesta"), try count(13)),
            ]
    }

    func html(_ page: PageContext) -> HTML {
        let moments = times.map { label, moment -> HTML in
            "<div><dt>\(page.localized(label))</dt><dd>\(SiteTime(moment).html(page))</dd></div>\n"
        }
        let rows = facts.map { label, value -> HTML in
            "<div><dt>\(page.localized(label))</dt><dd>\(page.localized(value))</dd></div>\n"
        }
        let throttled: HTML? =
            isThrottled ? "<p class=\"notice bad\">\(Icon.warning)\(page.localized(Self.shortCodesAreOff))</p>\n" : nil
        let words: HTML? =
            handover.isEmpty
            ? nil : "<h2>\(page.localized(.handover))</h2>\n<p class=\"lines\">\(handover)</p>\n"
        return "\(throttled)\(words)<dl class=\"facts\">\n\(moments)\(rows)</dl>\n\(notesList(page))"
    }

    private func notesList(_ page: PageContext) -> HTML {
        let none: HTML = "<p class=\"quiet\">\(page.localized(Text("No notes.", es: "Sin notas.")))</p>"
        return """
            <h2>\(page.localized(Text("Notes", es: "Notas")))</h2>
            \(Self.list(notes, page) ?? none)

            """
    }

    private static func list(_ notes: [(at: String, text: String)], _ page: PageContext) -> HTML? {
        let lines = notes.map { note -> HTML in
            "<li><p class=\"quiet\">\(SiteTime(note.at).html(page))</p><p class=\"lines\">\(note.text)</p></li>\n"
        }
        return lines.isEmpty ? nil : "<ul class=\"history\">\n\(lines)</ul>\n"
    }

    /// What an answer to ``notes(_:)`` says; nil for nothing.
    static func words(_ rows: Rows, _ page: PageContext) throws -> HTML? {
        list(try rows.map { (try $0.text(0), try $0.text(1)) }, page)
    }

    private static let shortCodesAreOff = Text(
        "Many wrong codes were tried at this gate: short codes are off until it is acknowledged.",
        es:
            "En este acceso se intentaron muchos códigos erróneos: los códigos cortos no sirven hasta darlo por revisado."
    )
}

/// `/gate/shifts/{id}/`: what a shift hands over, on screen and on paper.
struct ShowShift: PageHandler {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func respond(_ page: PageContext) throws -> Response {
        let found = try page.context.run([ShiftSummary.statement(id), ShiftSummary.notes(id)])
        let summary = try ShiftSummary(found[0].single(), notes: found[1])
        return page.gate(
            Text("Summary of the shift", es: "Resumen del turno"),
            """
            <p class="tools"><button type="button" data-print hidden>\(page.localized(.print))</button>\
            <a href="\(GatePath.console)">\(page.localized(.console))</a></p>
            \(summary.html(page))
            """)
    }
}
