package import Resource
package import Web

/// How far an opening of a door has come, as the outbox has it (docs/doors.md).
package enum OpeningState: String, Sendable, CaseIterable {
    case queued, sent, accepted, confirmed, failed, expired, unknown
    /// What the contact says of it (`garita.opening_outcome`).
    case opened, unmoved

    /// What people read.
    package var label: Text {
        switch self {
        case .queued: Text("Waiting to be sent", es: "Por enviar")
        case .sent: Text("Sent", es: "Enviada")
        case .accepted: Text("Taken by the device", es: "Recibida por el dispositivo")
        case .confirmed: Text("Relay on", es: "Relevador activado")
        case .opened: Text("Opened", es: "Se abrió")
        case .unmoved: Text("The door did not move", es: "La puerta no se movió")
        case .failed: Text("Did not open", es: "No abrió")
        case .expired: Text("Too late, not sent", es: "Tarde, no se envió")
        case .unknown: Text("No answer", es: "Sin respuesta")
        }
    }

    /// Whether nothing more is to be expected but that the contact tells more.
    package var isSettled: Bool { self != .queued && self != .sent }

    /// Whether a person should look at the door.
    package var isBad: Bool { [.failed, .expired, .unknown].contains(self) }

    /// As the choices of a field.
    package static let choices = allCases.map {
        FieldChoice(
            $0.rawValue, $0.label,
            tone: $0.isBad || $0 == .unmoved ? .bad : [.confirmed, .opened].contains($0) ? .good : .neutral)
    }

    /// What is stored: of what was seen it says no more than that.
    package static let stored = choices.filter { !["opened", "unmoved"].contains($0.value) }.map {
        $0.value == "confirmed" ? FieldChoice($0.value, Text("Confirmed", es: "Confirmada"), tone: .good) : $0
    }

    /// SQL for how far an opening has come, as far as its contact knows.
    ///
    /// - Parameter alias: of its row of the outbox.
    package static func outcomeSQL(_ alias: String) -> String {
        "coalesce(garita.opening_outcome(\(alias).door_id, \(alias).state, \(alias).sent_at), \(alias).state)"
    }

    /// SQL for the state of the doors that a row of the log has opened, the worst of them; null where there was none.
    ///
    /// - Parameter log: SQL for the number of the row.
    package static func sql(ofLog log: String) -> String {
        "(select b.state from (select \(outcomeSQL("o")) as state from garita.outbox as o"
            + " where o.log_id = \(log) and o.kind = 'open') as b order by array_position("
            + "'{failed,unknown,expired,unmoved,queued,sent,accepted,confirmed,opened}', b.state) limit 1)"
    }
}
