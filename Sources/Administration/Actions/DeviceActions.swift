import AccessControl
import JSON
import Pages
import PostgreSQL
import Resource
import Web

/// What administrators do with the devices of gates; each key is shown this once.
let deviceActions = [
    enrolment(
        at: accessPoints, path: "device/", summaryFields: ["code", "access_type", "location"],
        extraStatements: { [waysOfGate($0)] }
    ) { answers, _ in
        let ways = try answers.first?.first.map { (try $0.bool(0), try $0.bool(1)) } ?? (true, true)
        return ActionForm(
            fields: try deviceFields.map { try ActionField($0) },
            defaults: ["allows_entry": .bool(ways.0), "allows_exit": .bool(ways.1)])
    },
    enrolment(
        at: devices, path: "new/", subject: .table,
        extraStatements: { _ in [Table.named("gates")].compactMap { $0?.options(with: []) } }
    ) { answers, page in
        ActionForm(
            fields: try [ActionField(gateField, answers.first)] + deviceFields.map { try ActionField($0) },
            defaults: [
                "access_point": .string(page.layout.request.queryValue("access_point") ?? ""), "allows_entry": true,
                "allows_exit": true,
            ])
    },
    ActionPage(
        resource: devices, path: "rotate/", title: Text("New key", es: "Clave nueva"),
        consequences: [
            Text(
                "The key the device has now is good for seven more days; older ones end at once.",
                es: "La clave actual del dispositivo sirve siete días más; las anteriores terminan ahora."),
            Text("The new one is shown this once.", es: "La nueva se muestra solo esta vez."),
        ],
        button: Text("Make a new key", es: "Generar clave nueva"), condition: "t.is_active",
        summaryFields: deviceSummary
    ) { request in
        .page(DeviceSheet.response(request.page, try RotateDeviceKey(request.id).perform(request.context)))
    },
    ActionPage(
        resource: devices, path: "revoke/", title: Text("Switch off for good", es: "Dar de baja"),
        consequences: [
            Text("Its next request is refused.", es: "Su siguiente solicitud será rechazada."),
            Text(
                "This cannot be taken back: the device would be enrolled anew.",
                es: "No se puede deshacer: habría que dar de alta el dispositivo otra vez."),
        ],
        button: Text("Switch it off", es: "Dar de baja"), isDestructive: true, condition: "t.is_active",
        summaryFields: deviceSummary
    ) { request in
        try RevokeDevice(request.id).perform(request.context)
        return .notice(Text("The device is switched off.", es: "El dispositivo está dado de baja."))
    },
]

private let deviceSummary = ["access_point", "allows_entry", "allows_exit", "key_version"]

/// A new device at a gate, or wherever the form says.
private func enrolment(
    at resource: Resource, path: String, subject: ActionPage.Subject = .row, summaryFields: [String] = [],
    extraStatements: @escaping @Sendable (Int64) -> [Statement],
    form: @escaping @Sendable (ArraySlice<Rows>, PageContext) throws -> ActionForm
) -> ActionPage {
    ActionPage(
        resource: resource, path: path, title: Text("Enrol a device", es: "Dar de alta un dispositivo"),
        consequences: [
            Text(
                "The key it signs its requests with is shown this once and stored nowhere.",
                es: "La clave con que firma sus solicitudes se muestra solo esta vez y no se guarda en ninguna parte.")
        ],
        button: Text("Enrol it", es: "Dar de alta"), subject: subject, summaryFields: summaryFields,
        extraStatements: extraStatements, form: form
    ) { request in
        let enrolment = try EnrolDevice(request.form, at: subject == .row ? request.id : nil)
        return .page(DeviceSheet.response(request.page, try enrolment.perform(request.context)))
    }
}

private func waysOfGate(_ id: Int64) -> Statement {
    Statement(
        "select p.is_entry, p.is_exit from garita.access_points as p where p.id = $1", name: "ways of a gate",
        parameters: [.integer(id)])
}

private let gateField = Field.reference("access_point", to: accessPoints.table, accessPoints.singular).required()

private let deviceFields: [Field] = [
    .stored("name", .text(maximum: 100), Text("Name", es: "Nombre")).required()
        .hint("What people call it: Reader 1.", es: "Como se le conoce: Lector 1."),
    .stored("allows_entry", .boolean, Text("It may let people in", es: "Puede dejar entrar")),
    .stored("allows_exit", .boolean, Text("It may let people out", es: "Puede dejar salir")),
]

/// What is handed to a device, shown this once.
private enum DeviceSheet {
    static func response(_ page: PageContext, _ credentials: DeviceCredentials) -> Response {
        let path = "\(AdminPath.devices)\(credentials.id)/"
        let secret = SecretReveal(
            text: credentials.exposedLines,
            label: Text("Number, key version, key", es: "Número, versión de la clave, clave"),
            picture: credentials.exposedLines, place: path)
        let about = Text(
            "Put this into the device now: it is shown this once and stored nowhere.",
            es: "Póngalo ahora en el dispositivo: se muestra solo esta vez y no se guarda en ninguna parte.")
        let next = page.localized(Text("It is in the device", es: "Ya está en el dispositivo"))
        return page.admin(
            page.localized(Text("Key of the device", es: "Clave del dispositivo")),
            crumbs: Table.named("devices").map { [$0.crumb(page)] } ?? [],
            """
            <p>\(page.localized(about))</p>
            \(secret.html(page))<p class="tools"><a class="button" href="\(path)">\(next)</a></p>
            """)
    }
}
