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
