import Resource
import Web

/// What a subscription can be told of, by the names that stand in its messages (`webhooks_events_choice`).
let webhookEvents: [FieldChoice] = [
    .init("visit.expected", Text("Visit expected", es: "Visita esperada")),
    .init("visit.approved", Text("Visit approved", es: "Visita autorizada")),
    .init("visit.refused", Text("Visit refused", es: "Visita rechazada")),
    .init("visit.arrived", Text("Visit arrived", es: "Visita llegó")),
    .init("visit.left", Text("Visit left", es: "Visita salió")),
    .init("access.refused", Text("Refused at a gate", es: "Acceso negado")),
    .init("emergency.began", Text("Emergency began", es: "Inicio de emergencia")),
    .init("emergency.ended", Text("Emergency ended", es: "Fin de emergencia")),
    .init("door.trouble", Text("Door in trouble", es: "Falla de una puerta")),
    .init("door.forced", Text("Door forced", es: "Puerta forzada")),
    .init("door.held", Text("Door held open", es: "Puerta abierta demasiado tiempo")),
]

/// What an administrator has sent to see whether messages arrive.
let webhookTest = FieldChoice("webhook.test", Text("Test", es: "Prueba"))
