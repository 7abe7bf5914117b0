import AccessControl
import JSON
import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// `/admin/gates/{id}/device/`: a new device at this gate; its key is shown this once.
enum EnrolDeviceAtGate: ActionPage {
    static var table: Table? { .named("gates") }
    static let path = "device/"
    static let facts = ["code", "access_type", "location"]
    static let question = enrolment

    static func questions(_ id: Int64) -> [Statement] {
        [
            Statement(
                "select p.is_entry, p.is_exit from garita.access_points as p where p.id = $1", name: "ways of a gate",
                parameters: [.integer(id)])
        ]
    }

    static func form(_ answers: ArraySlice<Rows>, _ page: PageContext) throws -> ActionForm {
        let ways = try answers.first?.first.map { (try $0.bool(0), try $0.bool(1)) } ?? (true, true)
        return ActionForm(
            fields: try deviceFields.map { try ActionField($0) },
            defaults: ["allows_entry": .bool(ways.0), "allows_exit": .bool(ways.1)])
    }

    static func perform(_ id: Int64, _ form: Form, _ page: PageContext) throws -> Response {
        DeviceSheet.response(page, try DeviceTask.enrol(form, at: id, page.context))
    }
}

/// `GET /admin/devices/new/`: the same, and at which gate.
struct ShowNewDevice: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response { try NewDevice.form(page) }
}

/// `POST /admin/devices/new/`: shows the key of the new device, this once.
struct SubmitNewDevice: PageHandler {
    private let form: Form

    init(_ request: Request) throws(HTTPError) { form = try Form(request) }

    func respond(_ page: PageContext) throws -> Response {
        do {
            return DeviceSheet.response(page, try DeviceTask.enrol(form, at: nil, page.context))
        } catch {
            let refusal = HTTPError(error)
            guard let faults = refusal.formFaults else { throw error }
            return try NewDevice.form(page, typed: form, errors: faults, status: refusal.status)
        }
    }
}

/// `/admin/devices/{id}/rotate/`: the next key, shown this once.
enum RotateDevice: ActionPage {
    static var table: Table? { .named("devices") }
    static let path = "rotate/"
    static let facts = ["access_point", "allows_entry", "allows_exit", "key_version"]
    static let question = ConfirmationPage(
        title: Text("New key", es: "Clave nueva"),
        consequences: [
            Text(
                "The key the device has now is good for seven more days; older ones end at once.",
                es: "La clave actual del dispositivo sirve siete días más; las anteriores terminan ahora."),
            Text("The new one is shown this once.", es: "La nueva se muestra solo esta vez."),
        ],
        button: Text("Make a new key", es: "Generar clave nueva"))

    static func perform(_ id: Int64, _ form: Form, _ page: PageContext) throws -> Response {
        DeviceSheet.response(page, try DeviceTask.rotate(id, page.context))
    }
}

/// `/admin/devices/{id}/revoke/`: switches a device off for good.
enum RevokeDevice: ActionPage {
    static var table: Table? { .named("devices") }
    static let path = "revoke/"
    static let facts = RotateDevice.facts
    static let question = ConfirmationPage(
        title: Text("Switch off for good", es: "Dar de baja"),
        consequences: [
            Text("Its next request is refused.", es: "Su siguiente solicitud será rechazada."),
            Text(
                "This cannot be taken back: the device would be enrolled anew.",
                es: "No se puede deshacer: habría que dar de alta el dispositivo otra vez."),
        ],
        button: Text("Switch it off", es: "Dar de baja"), isDestructive: true)

    static func perform(_ id: Int64, _ form: Form, _ page: PageContext) throws -> Response {
        try DeviceTask.revoke(id, page.context)
        return page.seeOther(
            "/admin/devices/\(id)/",
            notice: Text("The device is switched off.", es: "El dispositivo está dado de baja."))
    }
}

private let enrolment = ConfirmationPage(
    title: Text("Enrol a device", es: "Dar de alta un dispositivo"),
    consequences: [
        Text(
            "The key it signs its requests with is shown this once and stored nowhere.",
            es: "La clave con que firma sus solicitudes se muestra solo esta vez y no se guarda en ninguna parte.")
    ],
    button: Text("Enrol it", es: "Dar de alta"))

private let deviceFields: [Field] = [
    .stored("name", .text(maximum: 100), Text("Name", es: "Nombre")).required()
        .hint("What people call it: Reader 1.", es: "Como se le conoce: Lector 1."),
    .stored("allows_entry", .boolean, Text("It may let people in", es: "Puede dejar entrar")),
    .stored("allows_exit", .boolean, Text("It may let people out", es: "Puede dejar salir")),
]

/// The form of a device that may stand at any gate.
private enum NewDevice {
    static func form(
        _ page: PageContext, typed: Form? = nil, errors: [FieldError] = [], status: Int = 200
    ) throws -> Response {
        guard let table = Table.named("devices"), let gates = Table.named("gates") else { throw HTTPError.notFound() }
        let rows = try page.context.run([gates.options(with: [])])[0]
        let gate = Field.reference("access_point", to: gates.resource.table, gates.resource.singular).required()
        let form = ActionForm(
            fields: [try ActionField(gate, rows)] + (try deviceFields.map { try ActionField($0) }),
            defaults: [
                "access_point": .string(page.layout.request.queryValue("access_point") ?? ""), "allows_entry": true,
                "allows_exit": true,
            ])
        return enrolment.response(
            page, crumbs: [table.crumb(page)], fields: form.drawn(typed), errors: errors, status: status)
    }
}

/// What is handed to a device, shown this once.
private enum DeviceSheet {
    static func response(_ page: PageContext, _ credentials: DeviceCredentials) -> Response {
        let path = "/admin/devices/\(credentials.id)/"
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
