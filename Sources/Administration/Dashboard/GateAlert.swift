import Doors
import Pages
import PostgreSQL
import Web

/// A reason to look at a gate.
///
/// - SQL: `api.list_gate_troubles` (sql/functions/administration/list_gate_troubles.sql).
struct GateAlert {
    private let trouble: String
    private let gate: Int64
    private let gateName: String?
    private let device: Int64?
    private let deviceName: String?
    private let refused: Int64
    private let attempts: Int64
    private let detail: String

    static let columns = "trouble, gate_id, gate, device_id, device, refused, attempts, detail"

    init(_ row: Row) throws {
        trouble = try row.text(0)
        gate = try row.integer(1)
        gateName = try row.optionalText(2)
        device = try row.optionalInteger(3)
        deviceName = try row.optionalText(4)
        refused = try row.optionalInteger(5) ?? 0
        attempts = try row.optionalInteger(6) ?? 0
        detail = try row.optionalText(7) ?? ""
    }

    /// The lines of a list, the worst kind first; of each kind a few, and how many more there are.
    static func lines(_ troubles: [GateAlert], _ page: PageContext, since: String) -> [HTML] {
        kinds.flatMap { kind -> [HTML] in
            let alike = troubles.filter { $0.trouble == kind }.sorted { $0.refused > $1.refused }
            let shown = alike.prefix(shownOfKind)
            let rest = alike.count - shown.count
            return shown.map { $0.html(page, since: since) }
                + (rest > 0 ? [more(rest, alike[0], page, since: since)] : [])
        }
    }

    private static let shownOfKind = 5
    private static let kinds = [
        "door", "door_forced", "door_held", "device", "device_paused", "short_off", "tags_off", "throttled",
        "tags_throttled", "refusals", "off",
    ]

    private static func more(_ rest: Int, _ example: GateAlert, _ page: PageContext, since: String) -> HTML {
        let path =
            switch example.trouble {
            case "off": "\(AdminPath.gates)?is_active=false"
            case "refusals": "\(AdminPath.log)?\(QueryItem.encode([.denied, QueryItem("date_from", since)]))"
            case "device", "device_paused": AdminPath.devices
            case "door", "door_forced", "door_held": "\(AdminPath.doors)?state=trouble"
            default: AdminPath.gates
            }
        return """
            <li><div><span class="quiet">\(page.localized(example.kindName))</span></div>\
            <a href="\(path)">\(page.localized(.more(rest)))</a></li>

            """
    }

    /// What its kind is called, of several.
    private var kindName: Text {
        switch trouble {
        case "off": Text("Out of service", es: "Fuera de servicio")
        case "short_off": Text("Short codes off", es: "Códigos cortos desactivados")
        case "throttled": Text("Short codes paused", es: "Códigos cortos en pausa")
        case "tags_off": Text("Cards and tags off", es: "Tarjetas y TAG desactivados")
        case "tags_throttled": Text("Cards and tags paused", es: "Tarjetas y TAG en pausa")
        case "device_paused": Text("Devices paused", es: "Dispositivos en pausa")
        case "refusals": Text("Many refusals", es: "Muchos rechazos")
        case "door": Text("Doors in trouble", es: "Puertas con falla")
        case "door_forced": Text("Doors opened without permission", es: "Puertas abiertas sin permiso")
        case "door_held": Text("Doors open too long", es: "Puertas abiertas de más")
        default: Text("Devices revoked by an alarm", es: "Dispositivos dados de baja por una alarma")
        }
    }

    /// A line of the list.
    ///
    /// - Parameter since: the moment since which refusals are counted, as an address names it.
    func html(_ page: PageContext, since: String) -> HTML {
        let name = gateName ?? page.localized(.noGate)
        return """
            <li><div><strong>\(name)</strong><br><span class="quiet">\(page.localized(about))</span></div>\
            \(link(page, since: since, name: name))</li>

            """
    }

    private var about: Text {
        switch trouble {
        case "off": Text("Out of service", es: "Fuera de servicio")
        case "short_off":
            Text(
                "Too many wrong codes in one day: short codes are off here",
                es: "Demasiados códigos erróneos en un día: aquí los códigos cortos están desactivados")
        case "throttled":
            Text(
                "Too many wrong codes just now: short codes are paused",
                es: "Demasiados códigos erróneos hace un momento: los códigos cortos están en pausa")
        case "tags_off":
            Text(
                "Too many wrong cards in one day: short card numbers are off here",
                es: "Demasiadas tarjetas erróneas en un día: aquí las de pocos dígitos están desactivadas")
        case "tags_throttled":
            Text(
                "Too many wrong cards just now: short card numbers are paused",
                es: "Demasiadas tarjetas erróneas hace un momento: las de pocos dígitos están en pausa")
        case "device_paused":
            Text(
                "Too many wrong codes from the device \(deviceName ?? ""): its short codes are paused for ten"
                    + " minutes",
                es:
                    "Demasiados códigos erróneos del dispositivo \(deviceName ?? ""): sus códigos cortos están en"
                    + " pausa diez minutos"
            )
        case "door":
            Text("\(door): \(doorTrouble.english)", es: "\(door): \(doorTrouble.spanish)")
        case "door_forced":
            Text(
                "\(door): opened without permission in 24 hours: \(refused.grouped)",
                es: "\(door): aperturas sin permiso en 24 horas: \(refused.grouped)")
        case "door_held":
            Text("\(door) has been open for too long", es: "\(door) lleva abierta demasiado tiempo")
        case "refusals":
            Text(
                "\(refused.grouped) of \(attempts.grouped) attempts refused in 24 hours",
                es: "\(refused.grouped) de \(attempts.grouped) intentos rechazados en 24 horas")
        default:
            Text(
                "The device \(deviceName ?? "") was revoked by an alarm",
                es: "Una alarma dio de baja el dispositivo \(deviceName ?? "")")
        }
    }

    private var door: String { deviceName ?? "" }

    /// The word of the driver, as people read it.
    private var doorTrouble: Text { DoorTrouble.label(of: detail) }

    private func link(_ page: PageContext, since: String, name: String) -> HTML? {
        let log = "\(AdminPath.log)?\(QueryItem.encode(logFilter + [QueryItem("date_from", since)]))"
        return switch trouble {
        case "throttled" where gate == 0, "tags_throttled" where gate == 0, "refusals" where gate == 0:
            button("\(AdminPath.log)?\(QueryItem.encode([.denied, QueryItem("date_from", since)]))", .seeRefusals, page)
        case "off": button("\(AdminPath.gates)\(gate)/", .seeGate, page, of: name)
        case "short_off", "tags_off":
            button("\(AdminPath.gates)\(gate)/\(acknowledgeGate.path)", acknowledgeGate.title, page, of: name)
        case "door", "door_forced", "door_held":
            device.map { button("\(AdminPath.doors)\($0)/", .seeDoor, page, of: door) }
        case "device", "device_paused":
            device.map { button("\(AdminPath.devices)\($0)/", .seeDevice, page, of: deviceName ?? "") }
        default: button(log, .seeRefusals, page, of: name)
        }
    }

    private var logFilter: [QueryItem] { [QueryItem("access_point", String(gate)), .denied] }

    private func button(_ path: String, _ label: Text, _ page: PageContext, of name: String = "") -> HTML {
        "<a href=\"\(path)\">\(page.localized(label))<span class=\"unseen\"> \(name)</span></a>"
    }
}

extension QueryItem {
    static let denied = QueryItem("status", "DENIED")
}

extension Text {
    /// What a short list leaves out.
    static func more(_ rest: Int) -> Text {
        Text("and \(Int64(rest).grouped) more", es: "y \(Int64(rest).grouped) más")
    }

    fileprivate static let seeGate = Text("View gate", es: "Ver el acceso")
    fileprivate static let seeDoor = Text("View door", es: "Ver la puerta")
    fileprivate static let seeDevice = Text("View device", es: "Ver el dispositivo")
    fileprivate static let seeRefusals = Text("View refusals", es: "Ver los rechazos")
}
