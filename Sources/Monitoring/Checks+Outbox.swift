import Web

/// Doors and webhooks: gates decide without them, so what is not right is a warning.
extension Checks {
    /// Nothing where the database cannot be asked, or there is nothing to reach.
    func outbox(_ facts: DatabaseFacts?) -> [Part] {
        guard let found = facts?.outbox, found.doors > 0 || found.waiting > 0 else { return [] }
        guard found.processes > 0 else {
            return [
                Part(
                    .outbox, .warning, Text("nobody hands anything over", es: "nadie entrega los mensajes"),
                    advice: Text(
                        "Start `garita outbox` (garita-outbox.service): no door opens without it.",
                        es: "Arranque `garita outbox` (garita-outbox.service): sin él no abre ninguna puerta."))
            ]
        }
        guard found.inTrouble == 0 else {
            return [
                Part(
                    .outbox, .warning,
                    Text(
                        "in trouble: \(found.inTrouble) of \(found.doors) doors",
                        es: "con fallas: \(found.inTrouble) de \(found.doors) puertas"),
                    advice: Text(
                        "The pages of the doors say what is wrong.", es: "Las páginas de las puertas dicen qué falla."))
            ]
        }
        return [Part(.outbox, .ok, Text("doors: \(found.doors)", es: "puertas: \(found.doors)"))]
    }
}
