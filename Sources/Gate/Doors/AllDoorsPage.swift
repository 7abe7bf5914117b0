import Doors
import Pages
import Vocabulary
import Web

/// `/gate/all-doors/`: all doors of the residence open and stay open, until somebody ends it here.
///
/// - SQL: `api.begin_emergency`, `api.end_emergency` (sql/functions/doors/).
struct AllDoorsPage: FormPage {
    init(_ request: Request) throws(HTTPError) {}

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let state = try EmergencyState(page.context.run(EmergencyState.statements))
        let form = state.beganAt == nil ? beginning(answer) : ending
        let doors = state.doors.map { line($0, state, page) }
        let about = state.beganAt.map { facts($0, state, page) } ?? "<p>\(page.localized(Self.about))</p>\n"
        let list: HTML =
            doors.isEmpty
            ? "<p class=\"notice\">\(page.localized(Self.noDoors))</p>\n" : "<ul class=\"rows\">\n\(doors)</ul>\n"
        return page.gate(
            page.localized(state.beganAt == nil ? .openAllDoors : Self.allAreOpen), status: answer.status,
            """
            \(form.summary(page))\(about)\(list)\(form.body(page))
            <p class="quiet">\(page.localized(Self.notThis))</p>
            """)
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        if form.text("do") == "end" {
            _ = try EndEmergency().perform(page.context)
            return page.seeOther(PagePath.emergency, notice: Self.ended)
        }
        let beginning = try form.read { BeginEmergency(&$0) }
        _ = try beginning.perform(page.context)
        return page.seeOther(PagePath.emergency)
    }

    private func beginning(_ answer: FormAnswer) -> PageForm {
        var note = FormField(
            "note", Text("What is happening", es: "Qué está pasando"), .text(maximum: 500), [answer.text("note")],
            required: false)
        note.isMarkedOptional = true
        return PageForm(
            PagePath.emergency, groups: [FieldGroup(nil, [note])],
            buttons: [
                FormButton(Text("Open all doors now", es: "Abrir todas ahora"), QueryItem("do", "begin"), .destructive)
            ],
            errors: answer.errors, look: .task, cancel: GatePath.console)
    }

    private var ending: PageForm {
        PageForm(
            PagePath.emergency, groups: [],
            buttons: [FormButton(Text("End the emergency", es: "Terminar la emergencia"), QueryItem("do", "end"))],
            look: .task, cancel: GatePath.console)
    }

    private func facts(_ since: String, _ state: EmergencyState, _ page: PageContext) -> HTML {
        let note: HTML? = state.note.isEmpty ? nil : " · \(state.note)"
        return """
            <p>\(SiteTime(since).html(page)) · \(state.begunBy ?? "–")\(note)</p>
            <p>\(page.localized(Self.untilEnded))</p>

            """
    }

    private func line(_ door: EmergencyState.Door, _ state: EmergencyState, _ page: PageContext) -> HTML {
        let word: Text =
            if state.beganAt != nil, door.isConfirmed {
                Text("Open, confirmed", es: "Abierta, confirmada")
            } else if !door.canBeHeld {
                Text("Cannot be held open: open it by hand", es: "No puede dejarse abierta: ábrala a mano")
            } else if state.beganAt == nil {
                Text("Can be held open", es: "Puede dejarse abierta")
            } else if door.state == OpeningState.accepted.rawValue {
                Text("The device took it; not confirmed", es: "El dispositivo la recibió; sin confirmar")
            } else {
                Text("Not confirmed: open it by hand", es: "Sin confirmar: ábrala a mano")
            }
        let isBad = state.beganAt != nil && !door.isConfirmed
        let answer: HTML? =
            state.beganAt == nil || door.answer.isEmpty ? nil : "<p class=\"quiet\">\(page.localized(said(door)))</p>"
        return """
            <li><div><strong>\(door.name)</strong> · \(door.gate) \
            <span class="badge\(" bad", if: isBad)">\(page.localized(word))</span>\(answer)</div></li>

            """
    }

    private func said(_ door: EmergencyState.Door) -> Text { DoorTrouble.label(of: door.answer) }

    private static let allAreOpen = Text("Emergency: all doors open", es: "Emergencia: todas las puertas abiertas")
    private static let about = Text(
        "Fire, earthquake, evacuation: every door and barrier of the residence opens and stays open until somebody ends it"
            + " here. Who did it is kept.",
        es:
            "Incendio, sismo, evacuación: todas las puertas y plumas del residencial se abren y quedan abiertas hasta que"
            + " alguien lo termine aquí. Queda registrado quién lo hizo.")
    private static let untilEnded = Text(
        "They stay open until somebody ends it here; no timer does.",
        es: "Quedan abiertas hasta que alguien lo termine aquí; nada lo termina solo.")
    private static let noDoors = Text(
        "No door that Garita opens: open them by hand.", es: "No hay puertas que Garita abra: ábralas a mano.")
    private static let ended = Text(
        "The emergency is over: the doors go back to normal.",
        es: "La emergencia terminó: las puertas vuelven a lo normal.")
    private static let notThis = Text(
        "To let in one ambulance, use “Emergency: let one in” on the console.",
        es: "Para dar paso a una ambulancia use «Emergencia: dar paso a uno» en la caseta.")
}
