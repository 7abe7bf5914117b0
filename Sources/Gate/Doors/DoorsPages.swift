import Doors
import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// A door of the gate, with what is known of it.
private struct GateDoor {
    let id: Int64
    let name: String
    private let trouble: String
    private let contact: String

    static let columns =
        "d.id, d.name, coalesce(s.trouble, ''), coalesce(s.contact, '')"
        + " from garita.doors as d left join garita.door_states as s on s.door_id = d.id where d.is_active"

    init(_ row: Row) throws {
        id = try row.integer(0)
        name = try row.text(1)
        trouble = try row.text(2)
        contact = try row.text(3)
    }

    /// Its trouble, or where its contact is.
    func state(_ page: PageContext) -> HTML? {
        if !trouble.isEmpty {
            return "<span class=\"badge bad\">\(page.localized(DoorTrouble.label(of: trouble)))</span>"
        }
        switch contact {
        case "open": return "<span class=\"badge\">\(page.localized(Text("Open", es: "Abierta")))</span>"
        case "closed": return "<span class=\"badge\">\(page.localized(Text("Closed", es: "Cerrada")))</span>"
        default: return nil
        }
    }
}

/// `/gate/doors/`: the doors of the gate, each to be opened by hand.
struct ShowDoors: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response {
        try page.atGate { shift in
            let read = Statement(
                "select \(GateDoor.columns) and d.access_point_id = $1 order by d.name, d.id", name: "doors of a gate",
                parameters: [.integer(shift.gate)])
            let doors = try page.context.run([read])[0].map(GateDoor.init)
            let rows = doors.map { door -> HTML in
                """
                <li><div><strong>\(door.name)</strong> \(door.state(page))</div>
                <a class="button" href="\(GatePath.door(door.id))">\(page.localized(.openByHand))\
                <span class="unseen">: \(door.name)</span></a></li>

                """
            }
            let list: HTML =
                rows.isEmpty
                ? "<p>\(page.localized(Self.none))</p>" : "<ul class=\"rows\">\n\(rows)</ul>"
            return page.gate(
                Text("Doors of \(shift.gateName)", es: "Puertas de \(shift.gateName)"),
                """
                \(list)
                <p class="tools"><a class="button quiet" href="\(GatePath.console)">\(page.localized(.backToGate))</a>
                <a class="button bad" href="\(PagePath.emergency)">\(page.localized(.openAllDoors))</a></p>
                """)
        }
    }

    private static let none = Text(
        "No door that Garita opens stands at this gate.", es: "Este acceso no tiene puertas que Garita abra.")
}

/// `/gate/doors/{id}/`: a door is opened by hand, in one tap where a usual reason fits.
///
/// - SQL: `api.open_door` (sql/functions/doors/open_door.sql).
struct OpenDoorPage: FormPage {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let read = Statement(
            "select \(GateDoor.columns) and d.id = $1", name: "door to open", parameters: [.integer(id)])
        guard let door = try page.context.run([read])[0].first.map(GateDoor.init) else {
            throw HTTPError.notFound(doors.model)
        }
        let usual = Self.presets.map { preset -> HTML in
            """
            <button name="preset" value="\(preset.english)">\(page.localized(preset))</button>

            """
        }
        var why = FormField(
            "reason", Text("Other reason", es: "Otro motivo"), .text(maximum: 200), [answer.text("reason")],
            required: false)
        why.isMarkedOptional = false
        let form = PageForm(
            GatePath.door(id), [why], submit: Text("Open for this reason", es: "Abrir por este motivo"),
            errors: answer.errors, look: .task)
        let title = Text("Open by hand: \(door.name)", es: "Abrir a mano: \(door.name)")
        return page.gate(
            page.localized(title), status: answer.status,
            """
            \(form.summary(page))<p>\(door.state(page)) \(page.localized(Self.about))</p>
            <form class="tools reasons" method="post" action="\(GatePath.door(id))">\(page.layout.formToken)
            \(usual)</form>
            \(form.body(page))
            <p><a href="\(GatePath.doors)">\(page.localized(.doorsOfGate))</a></p>
            """)
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        let chosen = Self.presets.first { $0.english == form.text("preset") }.map(page.localized)
        let reason = form.with("reason", chosen ?? form.text("reason"))
        let opening = try reason.read { OpenDoor(id, &$0) }
        return page.seeOther(GatePath.opening(try opening.perform(page.context)))
    }

    private static let about = Text(
        "Choose why: it opens at once, and your name and the reason are kept.",
        es: "Elija el motivo: abre de inmediato, y quedan su nombre y el motivo.")

    private static let presets = [
        Text("Ambulance, fire brigade, police", es: "Ambulancia, bomberos, policía"),
        Text("Rubbish collection", es: "Recolección de basura"), Text("Maintenance", es: "Mantenimiento"),
        Text("Vehicle stuck at the barrier", es: "Vehículo detenido en la pluma"),
        Text("Reader or phone does not work", es: "No sirve el lector o el teléfono"),
    ]
}

extension Text {
    fileprivate static let openByHand = Text("Open by hand", es: "Abrir a mano")
}
