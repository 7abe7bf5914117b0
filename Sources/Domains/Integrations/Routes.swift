import JSON
import OpenAPI
import Resource
import Vocabulary
package import Web

/// Subscriptions of other systems, and what became of the messages to them.
package let integrationsRoutes: [Route] =
    webhooks.routes + [
        webhooks.creation(for: .administrators, CreateWebhook.self) { request throws(HTTPError) in
            CreateWebhook(try Form(request))
        },
        deliveries.rows(of: webhooks, by: "webhook", for: .administrators),
        webhooks.action(
            "test", for: .administrators, TestWebhook.self,
            Documentation(
                Text("Send a test", es: "Enviar una prueba"), id: "testWebhook",
                Text(
                    "What came of it stands among the deliveries a moment later.",
                    es: "El resultado aparece entre las entregas un momento después."))),
        .action(
            "/api/webhooks/{id}/rotate/", for: .administrators, RotateWebhookSecret.self,
            Documentation(
                Text("Draw a new secret", es: "Generar un secreto nuevo"), id: "rotateWebhook",
                Text(
                    "It is shown this once. For 24 hours messages are signed with the previous one as well.",
                    es: "Se muestra solo esta vez. Durante 24 horas los mensajes se firman también con el anterior."),
                answers: [.ok(webhooks.rowSchema)])
        ) { deed, context in try deed.perform(context).response(200, context) },
        webhooks.action(
            "retire", for: .administrators, RetireWebhookSecret.self,
            Documentation(
                Text("End the previous secret", es: "Terminar el secreto anterior"), id: "retireWebhookSecret")),
        .action(
            "/api/webhooks/{id}/replay/", for: .administrators, ReplayWebhook.self,
            Documentation(
                Text("Replay messages", es: "Reenviar mensajes"), id: "replayWebhook",
                Text(
                    "One, or those of a time: with the same `webhook-id` and body, and new attempts.",
                    es: "Uno, o los de un periodo: con el mismo `webhook-id` y contenido, y nuevos intentos."),
                body: ReplayWebhook.body,
                answers: [.ok(ReplayWebhook.answer)]),
            reading: { request throws(HTTPError) in
                try ReplayWebhook(try request.identifier(), try Form(request))
            }
        ) { deed, context in .json(["replayed": .integer(try deed.perform(context))]) },
    ]
