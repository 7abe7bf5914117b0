import Web

extension DriverDeclaration {
    /// A door of an UHPPOTE board.
    package static let uhppote = DriverDeclaration(
        "uhppote", Text("UHPPOTE board", es: "Tarjeta controladora UHPPOTE"),
        settings: [
            DoorSetting(
                "serial", .integer(1...0xffff_ffff), Text("Serial number", es: "Número de serie"),
                hint: Text(
                    "Printed on the board; `garita doors discover` lists those that answer.",
                    es: "Impreso en la tarjeta; `garita doors discover` muestra las que contestan."), isRequired: true),
            DoorSetting(
                "address", .text(maximum: 21), Text("Address", es: "Dirección"),
                hint: Text(
                    "IPv4, such as 192.168.1.100; with a port behind it (:60001) where that is not 60000.",
                    es: "IPv4, como 192.168.1.100; con el puerto al final (:60001) si no es 60000."), isRequired: true),
            DoorSetting(
                "transport", .choice([("udp", Text("UDP", es: "UDP")), ("tcp", Text("TCP", es: "TCP"))]),
                Text("Transport", es: "Transporte"),
                hint: Text(
                    "TCP only where the board answers to it.", es: "TCP solo si la tarjeta lo contesta."),
                standard: "udp"),
            DoorSetting(
                "door", .integer(1...4), Text("Door of the board", es: "Puerta de la tarjeta"), isRequired: true),
            DoorSetting(
                "contact", .flag, Text("A door contact is wired", es: "Tiene sensor de puerta conectado"),
                hint: Text(
                    "Without one, the board calls every door shut.",
                    es: "Sin sensor, la tarjeta dice que toda puerta está cerrada."), standard: "no"),
            DoorSetting(
                "keeps_cards", .flag,
                Text("The board keeps residents' cards", es: "La tarjeta guarda los tags de residentes"),
                hint: Text(
                    "They then pass while this server is away. The whole list of the board becomes ours: other cards are removed.",
                    es:
                        "Así pasan aunque falte este servidor. Toda la lista de la tarjeta queda a cargo del sistema: se borran los demás tags."
                ),
                standard: "no"),
            DoorSetting(
                "card_format",
                .choice([
                    ("wiegand26", Text("Wiegand, 26 bits", es: "Wiegand de 26 bits")),
                    ("any", Text("Any number", es: "Cualquier número")),
                ]), Text("Card numbers", es: "Números de tag"), standard: "wiegand26"),
            DoorSetting(
                "listener", .text(maximum: 21),
                Text("Where the board sends events", es: "A dónde envía eventos la tarjeta"),
                hint: Text(
                    "This server's address as the board sees it, such as 192.168.1.10:60001. Empty: the board is asked every few seconds.",
                    es:
                        "La dirección de este servidor vista desde la tarjeta, como 192.168.1.10:60001. Vacío: se le pregunta cada pocos segundos."
                )),
        ],
        tells: [.reached, .accepted, .relay, .contact, .events, .clock], holds: true)
}
