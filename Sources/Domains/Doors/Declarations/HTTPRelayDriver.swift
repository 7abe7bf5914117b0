import Web

extension DriverDeclaration {
    /// A device that opens when it is asked over HTTP.
    package static let http = DriverDeclaration(
        "http", Text("HTTP relay or intercom", es: "Relé o videoportero por HTTP"),
        settings: [
            DoorSetting(
                "address", .url, Text("Address of the device", es: "Dirección del equipo"),
                hint: Text(
                    "For example http://192.168.1.50, without a path.",
                    es: "Por ejemplo http://192.168.1.50, sin ruta."),
                isRequired: true),
            DoorSetting(
                "door", .text(maximum: 60), Text("Relay or door", es: "Relé o puerta"),
                hint: Text("What the device calls it: {door} below.", es: "Como lo llama el equipo: {door} abajo."),
                standard: "1"),
            DoorSetting(
                "input", .text(maximum: 60), Text("Input of the door contact", es: "Entrada del sensor de puerta"),
                hint: Text(
                    "What the device calls it: {input} below. Leave it empty where there is no sensor.",
                    es: "Como la llama el equipo: {input} abajo. Déjela vacía si no hay sensor.")),
        ] + access + opening + state + contact + keeping,
        presets: HTTPRelayPresets.all, tells: [.reached, .accepted, .relay, .contact], holds: true)

    private static let access = [
        DoorSetting(
            "authentication",
            .choice([
                ("none", Text("None", es: "Ninguna")), ("basic", Text("Basic", es: "Básica (Basic)")),
                ("digest", Text("Digest (MD5 or SHA-256)", es: "Digest (MD5 o SHA-256)")),
                ("bearer", Text("Bearer token", es: "Token (Bearer)")),
            ]), Text("Authentication", es: "Autenticación"), standard: "none"),
        DoorSetting("user", .text(maximum: 100), Text("User at the device", es: "Usuario del equipo")),
        DoorSetting(
            "password", .secret(maximum: 200), Text("Password or token", es: "Contraseña o token"),
            hint: Text(
                "Stored encrypted and never shown again.", es: "Se guarda cifrada y no se vuelve a mostrar.")),
        DoorSetting(
            "pin", .text(maximum: 200), Text("Fingerprint of its certificate", es: "Huella de su certificado"),
            hint: Text(
                "SHA-256, for https with a certificate that the device made itself; also sha256//… of its public key.",
                es:
                    "SHA-256, para https con un certificado que generó el propio equipo; también sha256//… de su llave pública."
            )),
        DoorSetting(
            "headers", .lines(maximum: 1000), Text("More headers", es: "Otros encabezados"),
            hint: Text("One per line, Name: value. Not for secrets.", es: "Uno por línea, Nombre: valor. Sin secretos.")
        ),
    ]

    private static let opening = [
        DoorSetting(
            "method", .choice(["GET", "POST", "PUT"].map { ($0, Text($0, es: $0)) }), Text("Method", es: "Método"),
            standard: "GET"),
        DoorSetting(
            "open_path", .text(maximum: 500), Text("Path that opens", es: "Ruta que abre"),
            hint: Text(
                "With query. {door}, {input}, {seconds}, {milliseconds}, {pulsetime}, {command_id}, {user} and {password} are filled in. The device must close by itself.",
                es:
                    "Con sus parámetros. Se rellenan {door}, {input}, {seconds}, {milliseconds}, {pulsetime}, {command_id}, {user} y {password}. El equipo debe cerrar solo."
            ), isRequired: true),
        DoorSetting(
            "open_body", .lines(maximum: 4000), Text("Body that opens", es: "Cuerpo que abre"),
            hint: Text(
                "Empty for none; the same names are filled in.",
                es: "Vacío si no lleva; se rellenan los mismos nombres.")),
        DoorSetting(
            "content_type", .text(maximum: 100), Text("Type of the body", es: "Tipo del cuerpo"),
            hint: Text("For example application/json.", es: "Por ejemplo application/json.")),
        DoorSetting(
            "success_status", .text(maximum: 60), Text("Status of success", es: "Códigos de éxito"),
            hint: Text("For example 200,204 or 200-299.", es: "Por ejemplo 200,204 o 200-299."), standard: "200-299"),
        DoorSetting(
            "success_rule", .text(maximum: 200), Text("Answer of success", es: "Respuesta de éxito"),
            hint: Text(
                "/pointer=value into JSON, or text that the answer holds. Empty: the status alone.",
                es: "/puntero=valor en el JSON, o texto que contiene la respuesta. Vacío: solo el código.")),
        DoorSetting(
            "confirmed_rule", .text(maximum: 200),
            Text("Answer that says: relay on", es: "Respuesta que dice: relé activado"),
            hint: Text(
                "Only where the device says so itself; written alike.",
                es: "Solo si el equipo mismo lo dice; se escribe igual.")),
        DoorSetting(
            "idempotent", .flag, Text("Opening twice is the same as once", es: "Abrir dos veces da lo mismo que una"),
            hint: Text(
                "Then an opening without an answer is sent once more while it is fresh.",
                es: "Entonces una apertura sin respuesta se envía una vez más mientras esté vigente."),
            standard: "no"),
    ]

    private static let state = [
        DoorSetting(
            "state_path", .text(maximum: 500), Text("Path of the relay's state", es: "Ruta del estado del relé"),
            hint: Text("Asked after an opening, to confirm it.", es: "Se consulta después de abrir, para confirmar.")),
        DoorSetting("state_open", .text(maximum: 200), Text("State: relay on", es: "Estado: relé activado")),
        DoorSetting("state_closed", .text(maximum: 200), Text("State: relay off", es: "Estado: relé desactivado")),
    ]

    private static let contact = [
        DoorSetting(
            "contact_path", .text(maximum: 500), Text("Path of the door contact", es: "Ruta del sensor de puerta")),
        DoorSetting(
            "contact_open", .text(maximum: 200), Text("Contact: door open", es: "Sensor: puerta abierta"),
            hint: Text(
                "Swap both where the sensor works the other way round.",
                es: "Intercambie las dos si el sensor trabaja al revés.")),
        DoorSetting("contact_closed", .text(maximum: 200), Text("Contact: door closed", es: "Sensor: puerta cerrada")),
        DoorSetting(
            "poll_seconds", .integer(2...3600), Text("Seconds between two looks", es: "Segundos entre dos consultas"),
            hint: Text(
                "How often contact or state is asked for.", es: "Cada cuánto se consulta el sensor o el estado."),
            standard: "5"),
    ]

    private static let keeping = [
        DoorSetting(
            "hold_path", .text(maximum: 500), Text("Path that keeps it open", es: "Ruta que la deja abierta"),
            hint: Text("For emergencies. Empty: it cannot.", es: "Para emergencias. Vacío: no puede.")),
        DoorSetting(
            "hold_body", .lines(maximum: 4000), Text("Body that keeps it open", es: "Cuerpo que la deja abierta")),
        DoorSetting(
            "release_path", .text(maximum: 500), Text("Path back to normal", es: "Ruta que la regresa a la normalidad")),
        DoorSetting(
            "release_body", .lines(maximum: 4000),
            Text("Body back to normal", es: "Cuerpo que la regresa a la normalidad")),
    ]
}
