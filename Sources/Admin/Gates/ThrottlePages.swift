import AccessControl
import PostgreSQL
import Vocabulary
import Web

/// `GET /admin/gates/{id}/acknowledge/`: how many wrong short codes were tried at a gate, and whether they are off there.
///
/// Gate 0 is that of requests which name none.
struct ShowThrottle: PageHandler {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func respond(_ page: PageContext) throws -> Response {
        guard let gates = Table.named("gates"), let row = try page.context.run([statement])[0].first else {
            throw HTTPError.notFound()
        }
        let name = try row.optionalText(0)
        let crumbs =
            name.map { [gates.crumb(page), Crumb(path: gates.path(of: id), label: $0)] } ?? [gates.crumb(page)]
        return Self.question.response(page, crumbs: crumbs, try facts(row, page))
    }

    private var statement: Statement {
        Statement(
            "select p.name, coalesce(h.short_off, false),"
                + " case when h.day = current_date then h.day_failures else 0 end,"
                + " floor(least(10, coalesce(h.tokens + date_part('epoch', now() - h.refilled_at) / 60, 10)))::bigint,"
                + " to_char(h.acknowledged_at, 'YYYY-MM-DD HH24:MI')"
                + " from (values ($1::bigint)) as g (id) left join garita.access_points as p on p.id = g.id"
                + " left join garita.gate_throttles as h on h.access_point_id = g.id where p.id is not null or g.id = 0",
            name: "throttle of a gate", parameters: [.integer(id)])
    }

    private func facts(_ row: Row, _ page: PageContext) throws -> HTML {
        let (isOff, left) = (try row.bool(1), try row.integer(3))
        let state =
            isOff
            ? Text("Off", es: "Apagados")
            : left < 1 ? Text("Paused", es: "En pausa") : Text("They work", es: "Sirven")
        let lines: [(Text, HTML)] = [
            (
                Text("Short codes here", es: "Códigos cortos aquí"),
                "<strong class=\"badge\(isOff || left < 1 ? " bad" : "")\">\(page(state))</strong>"
            ),
            (Text("Wrong ones today", es: "Erróneos hoy"), "\(try row.integer(2))"),
            (Text("Left before they pause", es: "Restantes antes de una pausa"), "\(left)"),
            (
                Text("Last acknowledged", es: "Última revisión"),
                try row.optionalText(4).map { "<time>\($0)</time>" } ?? "–"
            ),
        ]
        let about: HTML? =
            row.isNull(0)
            ? "<p>\(page(Text("Of requests that name no gate.", es: "De solicitudes que no nombran ningún acceso.")))</p>"
            : nil
        return
            "\(about)<dl class=\"facts\">\(lines.map { "<div><dt>\(page($0.0))</dt><dd>\($0.1)</dd></div>" as HTML })</dl>\n"
    }

    private static let question = Question(
        title: Text("Allow short codes again", es: "Volver a admitir códigos cortos"),
        consequences: [
            Text(
                "Do it once somebody has seen who tries codes at this gate.",
                es: "Hágalo cuando alguien haya visto quién prueba códigos en este acceso."),
            Text(
                "Short codes work at once, and today's wrong ones are forgotten.",
                es: "Los códigos cortos sirven de inmediato y se olvidan los erróneos de hoy."),
        ],
        button: Text("Allow them again", es: "Volver a admitirlos"))
}

/// `POST /admin/gates/{id}/acknowledge/`: short codes work there again.
struct SubmitThrottle: PageHandler {
    private let id: Int64
    private let acknowledgement: AcknowledgeGate

    init(_ request: Request) throws(HTTPError) {
        id = try request.identifier()
        acknowledgement = try AcknowledgeGate(request)
    }

    func respond(_ page: PageContext) throws -> Response {
        _ = try page.context.run([acknowledgement.statement])
        let gates = "/admin/gates/"
        return page.seeOther(
            id == 0 ? gates : "\(gates)\(id)/",
            notice: Text("Short codes work again.", es: "Los códigos cortos vuelven a servir."))
    }
}
