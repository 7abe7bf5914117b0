import AccessControl
import Pages
import PostgreSQL
import Resource
import Web

/// Short codes work again at a gate; gate 0 is that of requests which name none.
let acknowledgeGate = ActionPage(
    resource: accessPoints, path: "acknowledge/",
    title: Text("Reactivate short codes", es: "Reactivar códigos cortos"),
    consequences: [
        Text(
            "Do this once somebody has checked who is trying codes at this gate.",
            es: "Hágalo cuando alguien haya revisado quién está probando códigos en este acceso."),
        Text(
            "Short codes work right away, and today's wrong codes are cleared.",
            es: "Los códigos cortos funcionan de inmediato y se borran los erróneos de hoy."),
    ],
    button: Text("Reactivate", es: "Reactivar"),
    subject: .rowOrZero,
    offered: "exists (select from garita.gate_throttles as h where h.access_point_id = t.id"
        + " and (h.short_off or garita.tokens_left(h, now()) < 1))",
    extraStatements: { [ThrottleSummary.statement($0)] },
    form: { answers, page in ActionForm(summary: try ThrottleSummary(answers.first).html(page)) }
) { request in
    try AcknowledgeGate(request.id).perform(request.context)
    return .notice(
        Text("Short codes work again.", es: "Los códigos cortos vuelven a funcionar."),
        at: request.id == 0 ? request.table.path : nil)
}

/// How many wrong short codes were tried at a gate, typed and read, and whether they are off there.
private struct ThrottleSummary {
    private let rows: Rows

    /// - Throws: 404 for a gate that is not there.
    init(_ rows: Rows?) throws(HTTPError) {
        guard let rows, rows.count == 2 else { throw .notFound() }
        self.rows = rows
    }

    static func statement(_ gate: Int64) -> Statement {
        Statement(
            "select p.name, coalesce(h.short_off, false),"
                + " case when h.day = current_date then h.day_failures else 0 end,"
                + " floor(coalesce(garita.tokens_left(h, now()), 10))::bigint,"
                + " to_char(h.acknowledged_at, 'YYYY-MM-DD HH24:MI'),"
                + " coalesce(garita.current_user_id() = any (h.guessed_by)"
                + " and (h.short_off or garita.tokens_left(h, now()) < 1), false)"
                + " from (values ($1::bigint)) as g (id) left join garita.access_points as p on p.id = g.id"
                + " cross join (values (1, 'typed'), (2, 'read')) as b (place, name) left join garita.gate_throttles as h"
                + " on h.access_point_id = g.id and h.bucket = b.name where p.id is not null or g.id = 0 order by b.place",
            name: "throttle of a gate", parameters: [.integer(gate)])
    }

    func html(_ page: PageContext) throws -> HTML {
        var lines = try bucket(rows[0], Text("Short codes here", es: "Códigos cortos aquí"), page)
        lines += try bucket(rows[1], Text("Cards and tags here", es: "Tarjetas y TAG aquí"), page)
        let looked = try rows[0].optionalText(4) ?? rows[1].optionalText(4)
        lines.append(
            (Text("Last checked", es: "Última revisión"), looked.map { SiteTime($0).html(page) } ?? "–"))
        var about: [Text] = []
        if rows[0].isNull(0) {
            about.append(
                Text("For requests that do not name a gate.", es: "De solicitudes que no indican ningún acceso."))
        }
        if try rows[0].bool(5) || rows[1].bool(5) {
            about.append(
                Text(
                    "Some of the wrong codes are yours: somebody else must reactivate short codes.",
                    es: "Algunos de los códigos erróneos son suyos: otra persona debe reactivar los códigos cortos."))
        }
        return """
            \(about.map { "<p>\(page.localized($0))</p>" as HTML })\
            <dl class="facts">\(lines.map { "<div><dt>\(page.localized($0.0))</dt><dd>\($0.1)</dd></div>" as HTML })</dl>

            """
    }

    private func bucket(_ row: Row, _ title: Text, _ page: PageContext) throws -> [(Text, HTML)] {
        let (isOff, left) = (try row.bool(1), try row.integer(3))
        let state =
            isOff
            ? Text("Off", es: "Apagados")
            : left < 1 ? Text("Paused", es: "En pausa") : Text("Working", es: "Funcionan")
        return [
            (title, "<strong class=\"badge\(isOff || left < 1 ? " bad" : "")\">\(page.localized(state))</strong>"),
            (Text("Wrong codes today", es: "Erróneos hoy"), "\(try row.integer(2))"),
            (Text("Attempts left before a pause", es: "Intentos que quedan antes de una pausa"), "\(left)"),
        ]
    }
}
