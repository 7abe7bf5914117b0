import AccessControl
import JSON
import Vocabulary
import Web

/// How a decision is told: a colour, and one word that says the same.
enum GateColour: String {
    /// Passes; nothing to look at.
    case green
    /// Passes, but there is something to look at; or does not, for what a guard can settle.
    case amber
    /// Does not pass.
    case red

    /// Reasons after which a guard has something to do: ask, wait, send to another gate.
    private static let settled: Set<String> = [
        "approval_pending", "outside_schedule", "wrong_gate", "throttled", "method_not_supported",
    ]
    /// What every pass for one entry says at the exit.
    static let usual: Set<String> = ["no_uses_left"]

    /// - Parameters:
    ///   - reasons: why not.
    ///   - beginsSoon: whether a pass that is not valid yet will be within two hours.
    init(granted: Bool, reasons: [String], warnings: [String], hasAttention: Bool = false, beginsSoon: Bool = false) {
        if granted {
            self = hasAttention || !Self.usual.isSuperset(of: warnings) ? .amber : .green
        } else {
            let settled = beginsSoon ? Self.settled.union(["not_yet_valid"]) : Self.settled
            self = settled.isSuperset(of: reasons) ? .amber : .red
        }
    }

    /// One huge word.
    func word(granted: Bool, _ direction: Direction) -> Text {
        switch (self, granted, direction) {
        case (.green, _, .entry): Text("GO AHEAD", es: "ADELANTE")
        case (.green, _, .exit): Text("EXIT", es: "SALIDA")
        case (.amber, true, _): Text("LOOK", es: "ATENCIÓN")
        case (.amber, false, _): Text("WAIT", es: "ESPERE")
        case (.red, _, _): Text("STOP", es: "NO PASA")
        }
    }
}

/// Words of the gate that no refusal has.
enum GateWords {
    /// What a person reads for a reason or a warning.
    static func warning(_ name: String) -> Text {
        name == "emergency" ? Text("emergency", es: "emergencia") : Reason.named(name).text
    }

    /// A reason as a guard reads it of a person: what is said of residents is said of the host of a visitor.
    static func reason(_ name: String, ofVisitor isVisitor: Bool) -> Text {
        switch name {
        case "moved_out" where isVisitor:
            Text("whoever authorized the visit no longer resides here", es: "quien autorizó la visita ya no reside")
        case "person_not_authorized" where isVisitor:
            Text(
                "whoever authorized the visit is no longer authorized",
                es: "quien autorizó la visita ya no tiene autorización vigente")
        case "expired" where isVisitor: Text("pass expired", es: "pase vencido")
        default: warning(name)
        }
    }

    /// A name without the dash that stands for a surname nobody gave.
    static func name(_ full: String) -> String {
        full.hasSuffix(" —") ? String(full.dropLast(2)) : full
    }

    /// A sentence that begins with a capital.
    static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// How the log calls who is not known.
    static func person(_ name: String) -> Text {
        name.isEmpty || name == "Unknown"
            ? Text("Unknown", es: "Desconocido") : Text(self.name(name), es: self.name(name))
    }
}
