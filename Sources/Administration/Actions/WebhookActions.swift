import Integrations
import JSON
import Pages
import PostgreSQL
import Resource
import Web

/// What administrators do with webhooks and with the messages to them; each secret is shown this once.
let webhookActions = [
    ActionPage(
        resource: webhooks, path: "new/", title: Text("Add a webhook", es: "Agregar un webhook"),
        consequences: [.shownOnce], button: Text("Add", es: "Agregar"), subject: .table,
        form: { _, _ in
            ActionForm(
                fields: try ["name", "url", "events", "secrecy"].compactMap(webhooks.field).map { try ActionField($0) },
                defaults: ["secrecy": "IDS"])
        }
    ) { request in
        .page(WebhookSheet.response(request.page, try CreateWebhook(request.form).perform(request.context)))
    },
    ActionPage(
        resource: webhooks, path: "test/", title: Text("Send a test", es: "Enviar una prueba"),
        consequences: [
            Text(
                "A message that means nothing is sent; the deliveries below show what came of it.",
                es: "Se envía un mensaje sin significado; el resultado aparece abajo, entre las entregas.")
        ],
        button: Text("Send", es: "Enviar"), condition: "t.is_active", summaryFields: webhookSummary
    ) { request in
        try TestWebhook(request.id).perform(request.context)
        return .notice(
            Text(
                "The test is on its way. Reload the page to see the answer.",
                es: "La prueba va en camino. Recargue la página para ver la respuesta."))
    },
    ActionPage(
        resource: webhooks, path: "replay/", title: Text("Replay messages", es: "Reenviar mensajes"),
        consequences: [.sameMessage], button: Text("Replay", es: "Reenviar"), condition: "t.is_active",
        summaryFields: webhookSummary, extraStatements: { [MessageCounts.statement($0)] },
        form: { answers, page in
            ActionForm(
                fields: try replayFields.map { try ActionField($0) }, defaults: ["which": "failed"],
                summary: try MessageCounts(answers.first).html(page))
        }
    ) { request in
        let count = try ReplayWebhook(request.id, request.form).perform(request.context)
        return .notice(.replayed(count))
    },
    ActionPage(
        resource: webhooks, path: "rotate/", title: Text("New secret", es: "Secreto nuevo"),
        consequences: [
            .shownOnce,
            Text(
                "For 24 hours messages are signed with the current secret as well; older ones stop working now.",
                es:
                    "Durante 24 horas los mensajes se firman también con el actual; los anteriores dejan de servir ahora."
            ),
        ],
        button: Text("Draw a new secret", es: "Generar secreto nuevo"), summaryFields: webhookSummary
    ) { request in
        .page(WebhookSheet.response(request.page, try RotateWebhookSecret(request.id).perform(request.context)))
    },
    ActionPage(
        resource: webhooks, path: "retire/",
        title: Text("End the previous secret", es: "Terminar el secreto anterior"),
        consequences: [
            Text(
                "From now on messages are signed with the new secret only.",
                es: "Desde ahora los mensajes se firman solo con el secreto nuevo.")
        ],
        isDestructive: true, condition: "t.previous_until > now()", summaryFields: webhookSummary
    ) { request in
        try RetireWebhookSecret(request.id).perform(request.context)
        return .notice(Text("The previous secret is over.", es: "El secreto anterior terminó."))
    },
    ActionPage(
        resource: deliveries, path: "replay/", title: Text("Replay this message", es: "Reenviar este mensaje"),
        consequences: [.sameMessage], button: Text("Replay", es: "Reenviar"),
        condition: "(select o.state in ('confirmed', 'failed') from garita.outbox as o where o.id = t.outbox_id)",
        summaryFields: ["webhook", "event", "subject", "at", "status"]
    ) { request in
        let row = try request.context.run([messageOf(request.id)])[0]
        guard let row = row.first else { throw HTTPError.notFound(deliveries.model) }
        let count = try ReplayWebhook(try row.integer(0), message: try row.integer(1)).perform(request.context)
        return .notice(.replayed(count))
    },
]

private let webhookSummary = ["url", "events", "secrecy", "is_active", "stopped_reason"]

private let replayFields: [Field] = [
    .choice(
        "which", Text("Which", es: "Cuáles"),
        [
            FieldChoice("failed", Text("Those that failed", es: "Los que fallaron")),
            FieldChoice("all", Text("Delivered ones as well", es: "También los entregados")),
        ]
    ).required(),
    .stored("from", .timestamp, Text("Written from", es: "Escritos desde"))
        .hint(
            "Leave empty for all that are kept (30 days).",
            es: "Déjelo vacío para todos los que se conservan (30 días)."),
    .stored("until", .timestamp, Text("Written before", es: "Escritos antes de")),
]

private func messageOf(_ delivery: Int64) -> Statement {
    Statement(
        "select d.webhook_id, d.outbox_id from garita.deliveries as d where d.id = $1", name: "message of a delivery",
        parameters: [.integer(delivery)])
}

/// How many messages of a webhook wait, have failed and were delivered.
private struct MessageCounts {
    private let row: Row

    /// - Throws: 404, were there no row.
    init(_ rows: Rows?) throws(HTTPError) {
        guard let row = rows?.first else { throw .notFound() }
        self.row = row
    }

    static func statement(_ webhook: Int64) -> Statement {
        Statement(
            "select count(*) filter (where o.state in ('queued', 'sent')), count(*) filter (where o.state = 'failed'),"
                + " count(*) filter (where o.state = 'confirmed') from garita.outbox as o"
                + " where o.kind = 'webhook' and o.webhook_id = $1",
            name: "messages of a webhook", parameters: [.integer(webhook)])
    }

    func html(_ page: PageContext) throws -> HTML {
        let labels = [
            Text("Waiting", es: "En espera"), Text("Failed", es: "Fallidos"), Text("Delivered", es: "Entregados"),
        ]
        let lines = try labels.enumerated().map { index, label -> HTML in
            "<div><dt>\(page.localized(label))</dt><dd>\(try row.integer(index))</dd></div>"
        }
        return "<dl class=\"facts\">\(lines)</dl>\n"
    }
}

/// What a receiver checks signatures with, shown this once.
private enum WebhookSheet {
    static func response(_ page: PageContext, _ webhook: WrittenRow) -> Response {
        let path = "\(AdminPath.webhooks)\(webhook.id)/"
        let secret = SecretReveal(text: webhook.webhookSecret, label: Text("Secret", es: "Secreto"), place: path)
        let about = Text(
            "Enter it in the receiving system now: it is shown only once.",
            es: "Captúrelo ahora en el sistema que recibe: solo se muestra esta vez.")
        let next = page.localized(Text("I have entered it", es: "Ya lo capturé"))
        return page.admin(
            page.localized(Text("Secret of the webhook", es: "Secreto del webhook")),
            crumbs: Table.named("webhooks").map { [$0.crumb(page)] } ?? [],
            """
            <p>\(page.localized(about))</p>
            \(secret.html(page))<p class="tools"><a class="button" href="\(path)">\(next)</a></p>
            """)
    }
}

extension Text {
    fileprivate static let shownOnce = Text(
        "The secret that messages are signed with is shown only once.",
        es: "El secreto con que se firman los mensajes solo se muestra una vez.")
    fileprivate static let sameMessage = Text(
        "The receiver gets the same messages once more, under the same IDs: one that ignores known IDs does nothing.",
        es:
            "El receptor recibe otra vez los mismos mensajes, con los mismos ID: si ignora los ya conocidos, no hace nada."
    )
    fileprivate static func replayed(_ count: Int64) -> Text {
        Text("Messages queued once more: \(count).", es: "Mensajes puestos en espera otra vez: \(count).")
    }
}
