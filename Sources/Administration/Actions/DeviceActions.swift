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
                "The device's current key works for seven more days; older keys stop working now.",
                es: "La clave actual del dispositivo sirve siete días más; las anteriores dejan de servir ahora."),
            Text("The new key is shown only once.", es: "La clave nueva solo se muestra esta vez."),
        ],
        button: Text("Generate a new key", es: "Generar clave nueva"), condition: "t.is_active",
        summaryFields: deviceSummary
    ) { request in
        .page(DeviceSheet.response(request.page, try RotateDeviceKey(request.id).perform(request.context)))
    },
    ActionPage(
        resource: devices, path: "revoke/", title: Text("Revoke", es: "Dar de baja"),
        consequences: [
            Text("Its next request will be refused.", es: "Su siguiente solicitud será rechazada."),
            Text(
                "This cannot be undone: the device would have to be enrolled again.",
                es: "No se puede deshacer: habría que dar de alta el dispositivo otra vez."),
        ],
        button: Text("Revoke", es: "Dar de baja"), isDestructive: true, condition: "t.is_active",
        summaryFields: deviceSummary
    ) { request in
        try RevokeDevice(request.id).perform(request.context)
        return .notice(Text("The device is revoked.", es: "El dispositivo está dado de baja."))
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
        resource: resource, path: path, title: Text("Enroll a device", es: "Dar de alta un dispositivo"),
        consequences: [
            Text(
                "The key it signs its requests with is shown only once and is not stored anywhere.",
                es: "La clave con que firma sus solicitudes se muestra solo esta vez y no se guarda en ninguna parte.")
        ],
        button: Text("Enroll", es: "Dar de alta"), subject: subject, summaryFields: summaryFields,
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
        .hint("The name people use, such as Reader 1.", es: "El nombre con que se le conoce, por ejemplo: Lector 1."),
    .stored("allows_entry", .boolean, Text("It can let people in", es: "Puede dejar entrar")),
    .stored("allows_exit", .boolean, Text("It can let people out", es: "Puede dejar salir")),
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
            "Enter it in the device now: it is shown only once and is not stored anywhere.",
            es: "Captúrela ahora en el dispositivo: solo se muestra esta vez y no se guarda en ninguna parte.")
        let next = page.localized(Text("I have entered it", es: "Ya la capturé"))
        return page.admin(
            page.localized(Text("Key of the device", es: "Clave del dispositivo")),
            crumbs: Table.named("devices").map { [$0.crumb(page)] } ?? [],
            """
            <p>\(page.localized(about))</p>
            \(secret.html(page))<p class="tools"><a class="button" href="\(path)">\(next)</a></p>
            """)
    }
}
