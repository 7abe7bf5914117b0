import Web

extension DriverDeclaration {
    /// A door of a terminal that calls us.
    package static let zkteco = DriverDeclaration(
        "zkteco", Text("ZKTeco terminal (push)", es: "Terminal ZKTeco (push)"),
        settings: [
            DoorSetting(
                "serial", .text(maximum: 32), Text("Serial number", es: "Número de serie"),
                hint: Text(
                    "As the terminal shows it under its system information.",
                    es: "Como lo muestra la terminal en la información del sistema."),
                isRequired: true),
            DoorSetting(
                "door", .integer(1...8), Text("Door at the terminal", es: "Puerta en la terminal"),
                hint: Text(
                    "1, unless the terminal or panel has several.",
                    es: "1, salvo que la terminal o el panel tenga varias."),
                isRequired: true, standard: "1"),
            DoorSetting(
                "network", .text(maximum: 43), Text("Where it calls from", es: "Desde dónde llama"),
                hint: Text(
                    "The terminal's address, or its network: 192.168.40.20 or 192.168.40.0/24.",
                    es: "La dirección de la terminal o su red: 192.168.40.20 o 192.168.40.0/24."),
                isRequired: true),
            DoorSetting(
                "dialect",
                .choice([
                    ("security", Text("Access control", es: "Control de acceso")),
                    ("attendance", Text("Attendance (opens no door)", es: "Asistencia (no abre puertas)")),
                ]), Text("What the terminal is made for", es: "Para qué es la terminal"),
                hint: Text(
                    "Used when the terminal does not say so itself.", es: "Se usa cuando la terminal no lo indica."),
                isRequired: true, standard: "security"),
        ],
        tells: [.reached, .accepted, .relay, .contact, .events, .clock], holds: true)
}
