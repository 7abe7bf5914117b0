import Doors
import Resource
import Web

/// A door is opened by hand, mostly to try it.
let openDoorNow = ActionPage(
    resource: doors, path: "open/", title: Text("Open now", es: "Abrir ahora"),
    consequences: [
        Text("The device is told to open, once.", es: "Se ordena al dispositivo abrir, una vez."),
        Text("Who opened it and why stands in the audit.", es: "Queda en la auditoría quién la abrió y por qué."),
    ],
    condition: "t.is_active", summaryFields: ["access_point", "driver", "state", "contact", "reached_at"],
    form: { _, _ in ActionForm(fields: [try ActionField(reasonField)]) }
) { request in
    let opening = try request.form.read { OpenDoor(request.id, &$0) }
    return .notice(
        Text(
            "The opening is on its way: this page says how far it has come. Reload it to see more.",
            es: "La apertura va en camino: esta página dice cómo va. Recárguela para ver más."),
        at: "\(AdminPath.openings)\(try opening.perform(request.context))/")
}

private let reasonField = Field.stored("reason", .text(maximum: 200), Text("Reason", es: "Motivo")).required()

/// A terminal that calls by itself is let in for some minutes, and forgotten again.
let pairingActions = [
    ActionPage(
        resource: doors, path: "pair/", title: Text("Let the terminal in", es: "Vincular la terminal"),
        consequences: [
            Text(
                "For ten minutes the terminal with this serial number may register, from its network alone.",
                es: "Durante diez minutos la terminal con este número de serie puede registrarse, solo desde su red.")
        ],
        condition: "t.driver = 'zkteco'", summaryFields: ["access_point", "settings", "state", "reached_at"]
    ) { request in
        try PairTerminal(request.id).perform(request.context)
        return .notice(
            Text(
                "The terminal may register for ten minutes.", es: "La terminal puede registrarse durante diez minutos.")
        )
    },
    ActionPage(
        resource: doors, path: "forget/", title: Text("Forget the terminal", es: "Olvidar la terminal"),
        consequences: [
            Text(
                "Its next request is refused until it is let in again.",
                es: "Su siguiente solicitud se rechaza hasta que se vincule otra vez.")
        ],
        isDestructive: true, condition: "t.driver = 'zkteco'",
        summaryFields: ["access_point", "settings", "state", "reached_at"]
    ) { request in
        try EndPairing(request.id).perform(request.context)
        return .notice(Text("The terminal is forgotten.", es: "La terminal quedó olvidada."))
    },
]
