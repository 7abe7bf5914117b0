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
            ? "<p class=\"notice\">\(page.localized(Self.noDoors))</p>\n"
            : """
            <div data-openings="\(PagePath.emergency)"\(" data-settled", if: !state.doors.contains(where: \.isOpening))>
            <ul class="rows">
            \(doors)</ul></div>

            """
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
        var form = PageForm(
            PagePath.emergency, groups: [],
            buttons: [FormButton(Text("End the emergency", es: "Terminar la emergencia"), QueryItem("do", "end"))],
            look: .task, cancel: GatePath.console)
        form.goesBack = true
        return form
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
            if door.isConfirmed {
                Text("Held open, confirmed by its device", es: "Se mantiene abierta, según su dispositivo")
            } else if !door.canBeHeld {
                Text("Cannot be held open: open it by hand", es: "No puede dejarse abierta: ábrala a mano")
            } else if state.beganAt == nil {
                Text("Can be held open", es: "Puede dejarse abierta")
            } else if door.isOpening {
                Text("Opening…", es: "Abriendo…")
            } else if door.trouble.isEmpty, door.state == OpeningState.accepted.rawValue {
                Text("The device took it; not seen to open", es: "El dispositivo la recibió; no se vio que abriera")
            } else {
                Text("Not confirmed: open it by hand", es: "Sin confirmar: ábrala a mano")
            }
        let isBad = state.beganAt != nil && !door.isConfirmed && !(door.isOpening && door.canBeHeld)
        let known = state.beganAt == nil ? [] : [said(door, page), contact(of: door, page)].compactMap { $0 }
        let lines = known.map { "<p class=\"quiet\">\($0)</p>" as HTML }
        return """
            <li><div><strong>\(door.name)</strong> · \(door.gate) \
            <span class="badge\(" bad", if: isBad)">\(page.localized(word))</span>\(lines)</div></li>

            """
    }

    /// What is wrong with its device, or else what that has answered.
    private func said(_ door: EmergencyState.Door, _ page: PageContext) -> HTML? {
        if !door.trouble.isEmpty { return "\(page.localized(DoorTrouble.label(of: door.trouble)))" }
        return door.answer.isEmpty ? nil : "\(page.localized(DoorAnswer.label(of: door.answer)))"
    }

    /// What its contact says, or said last.
    private func contact(of door: EmergencyState.Door, _ page: PageContext) -> HTML? {
        guard let since = door.contactSince, !door.contact.isEmpty else { return nil }
        let isOpen = door.contact == "open"
        let word =
            door.trouble.isEmpty
            ? isOpen
                ? Text("open by its contact since", es: "abierta según su sensor desde")
                : Text("closed by its contact since", es: "cerrada según su sensor desde")
            : isOpen
                ? Text("its contact said last: open, since", es: "último dato de su sensor: abierta, desde")
                : Text("its contact said last: closed, since", es: "último dato de su sensor: cerrada, desde")
        return "\(page.localized(word)) \(SiteTime(since).html(page))"
    }

    private static let allAreOpen = Text(
        "Emergency: all doors were told to open", es: "Emergencia: se ordenó abrir todas las puertas")
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
