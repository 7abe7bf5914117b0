package import Resource
package import Web

/// How far an opening of a door has come, as the outbox has it (docs/doors.md).
package enum OpeningState: String, Sendable, CaseIterable {
    case queued, sent, accepted, confirmed, failed, expired, unknown

    /// What people read.
    package var label: Text {
        switch self {
        case .queued: Text("Waiting to be sent", es: "Por enviar")
        case .sent: Text("Sent", es: "Enviada")
        case .accepted: Text("Taken by the device", es: "Recibida por el dispositivo")
        case .confirmed: Text("Opened", es: "Abrió")
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
        FieldChoice($0.rawValue, $0.label, tone: $0.isBad ? .bad : $0 == .confirmed ? .good : .neutral)
    }

    /// SQL for the state of the doors that a row of the log has opened, the worst of them; null where there was none.
    ///
    /// - Parameter log: SQL for the number of the row.
    package static func sql(ofLog log: String) -> String {
        "(select o.state from garita.outbox as o where o.log_id = \(log) and o.kind = 'open'"
            + " order by array_position('{failed,unknown,expired,queued,sent,accepted,confirmed}', o.state) limit 1)"
    }
}
