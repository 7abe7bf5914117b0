import Web

/// What has become of a pass, in words for who carries it: never why beyond what a visitor can do about it.
enum PassState: String {
    case good
    case notYet = "not_yet"
    case outsideHours = "outside_hours"
    case pending
    case inside
    case usedUp = "used_up"
    case expired
    case cancelled
    /// Its visitor ended it.
    case notComing = "not_coming"
    /// The visit has a new one.
    case renewed
    case askHost = "ask_host"

    /// Whether it has ended for good.
    var isOver: Bool { [.usedUp, .expired, .cancelled, .notComing, .renewed].contains(self) }

    /// How it looks, besides its words.
    var look: String { self == .good || self == .inside ? "notice good" : "notice wait" }

    /// What it is, in a few words.
    var title: Text {
        switch self {
        case .good: Text("Valid", es: "Vigente")
        case .notYet: Text("Not valid yet", es: "Aún no comienza")
        case .outsideHours: Text("Outside its hours now", es: "Fuera de horario por ahora")
        case .pending: Text("Waiting for approval", es: "En espera de autorización")
        case .inside: Text("You are inside", es: "Usted está dentro")
        case .usedUp: Text("This pass was already used", es: "Este pase ya se usó")
        case .expired: Text("This pass has ended", es: "Este pase ya terminó")
        case .cancelled: Text("This pass was canceled", es: "Este pase se canceló")
        case .notComing: Text("You said you are not coming", es: "Usted avisó que no irá")
        case .renewed: Text("Your host gave you a new pass", es: "Su anfitrión le dio un pase nuevo")
        case .askHost: Text("This pass is not available", es: "Este pase no está disponible")
        }
    }

    /// What to do.
    var advice: Text {
        switch self {
        case .good: Text("Show it at the gate.", es: "Muéstrelo en el acceso.")
        case .notYet:
            Text("It works from the time below.", es: "Funciona a partir de la fecha y hora de abajo.")
        case .outsideHours:
            Text("It works on the days and hours below.", es: "Funciona en los días y horas de abajo.")
        case .pending:
            Text(
                "It will work as soon as your host or the gate approves the visit.",
                es: "Funcionará en cuanto quien le invitó o el acceso autorice la visita.")
        case .inside: Text("Show it to leave.", es: "Muéstrelo para salir.")
        case .usedUp, .expired:
            Text(
                "Thank you for your visit. If you need to come again, ask your host for another pass.",
                es: "Gracias por su visita. Si necesita volver, pida otro pase a quien le invitó.")
        case .cancelled:
            Text("If this is unexpected, ask your host.", es: "Si no lo esperaba, pregunte a quien le invitó.")
        case .notComing:
            Text(
                "To come after all, ask your host for another pass.",
                es: "Si va a ir, pida otro pase a quien le invitó.")
        case .renewed:
            Text("Open the link you were sent last.", es: "Abra el último enlace que le enviaron.")
        case .askHost: Text("Please ask your host.", es: "Por favor pregunte a quien le invitó.")
        }
    }
}
