import JSON
import OpenAPI
package import PostgreSQL
import Resource
package import Web

/// Whether all doors of the site are to stay open, and which of them do.
///
/// - SQL: `api.show_emergency`, `api.list_emergency_doors` (sql/functions/doors/).
package struct EmergencyState {
    /// As PostgreSQL writes a moment; nil while there is none.
    package let beganAt: String?
    /// Who began it; nil for an account that is gone.
    package let begunBy: String?
    /// What was said about it.
    package let note: String
    /// Every door in use.
    package let doors: [Door]

    /// One door, and how far it has come.
    package struct Door {
        package let id: Int64
        package let name: String
        package let gate: String
        /// As the driver is called.
        package let driver: String
        /// Of the message that it should stay open; nil before there is one.
        package let state: String?
        /// What its device answered to that.
        package let answer: String
        /// What is wrong with its device now; empty for nothing.
        package let trouble: String
        /// What its contact said last: open, closed, or empty for nothing.
        package let contact: String
        /// When the contact said so; nil for never.
        package let contactSince: String?
        /// Whether it is known to be held open.
        package let isConfirmed: Bool
        /// Whether it was told a moment ago, and nothing is known yet.
        package let isOpening: Bool

        /// Whether its device can keep it open until told otherwise.
        package var canBeHeld: Bool { DriverDeclaration.named(driver)?.holds ?? false }
    }

    package static let statements = [
        Statement("select began_at, begun_by, note from api.show_emergency()", name: "show_emergency"),
        Statement(
            "select door_id, name, gate, driver, state, answer, trouble, contact, contact_since, is_confirmed, is_opening"
                + " from api.list_emergency_doors()",
            name: "list_emergency_doors"),
    ]

    /// - Parameter found: the answers to ``statements``.
    package init(_ found: [Rows]) throws {
        let row = found[0].first
        beganAt = try row?.optionalText(0)
        begunBy = try row?.optionalText(1)
        note = try row?.optionalText(2) ?? ""
        doors = try found[1].map { row in
            Door(
                id: try row.integer(0), name: try row.text(1), gate: try row.text(2), driver: try row.text(3),
                state: try row.optionalText(4), answer: try row.text(5), trouble: try row.text(6),
                contact: try row.text(7), contactSince: try row.optionalText(8), isConfirmed: try row.bool(9),
                isOpening: try row.bool(10))
        }
    }

    /// As the API shows it.
    var json: JSON {
        [
            "is_emergency": .bool(beganAt != nil), "began_at": JSON(beganAt.map(WireTime.timestamp)),
            "begun_by": JSON(begunBy),
            "note": .string(note),
            "doors": .array(
                doors.map { door in
                    [
                        "door": .integer(door.id), "name": .string(door.name), "access_point_name": .string(door.gate),
                        "can_be_held": .bool(door.canBeHeld), "state": JSON(door.state), "answer": .string(door.answer),
                        "trouble": .string(door.trouble), "contact": .string(door.contact),
                        "contact_since": JSON(door.contactSince.map(WireTime.timestamp)),
                        "is_confirmed": .bool(door.isConfirmed),
                    ]
                }),
        ]
    }

    /// As the API's document tells it.
    static let schema = Schema.named(
        "Emergency",
        .object(
            Property(
                "is_emergency", .boolean,
                Text("Whether all doors are to stay open.", es: "Si todas deben quedar abiertas.")),
            Property(
                "began_at", .nullable(.timestamp),
                Text("When it began; null while there is none.", es: "Cuándo empezó; null si no hay.")),
            Property(
                "begun_by", .nullable(.string),
                Text(
                    "Who began it; null for an account that is gone.",
                    es: "Quién la inició; null si ya no tiene cuenta.")
            ),
            Property("note", .string, Text("What was said about it.", es: "Lo que se dijo de ella.")),
            Property(
                "doors", .array(.named("EmergencyDoor", doorSchema)),
                Text("Every door in use.", es: "Todas las puertas en uso."))))

    private static let doorSchema = Schema.object(
        Property("door", .identifier, Text("Its number.", es: "Su número.")),
        Property("name", .string, Text("Its name.", es: "Su nombre.")),
        Property("access_point_name", .string, Text("Its gate.", es: "Su acceso.")),
        Property(
            "can_be_held", .boolean,
            Text("False: open it by hand and keep it open.", es: "Falso: ábrala a mano y manténgala abierta.")),
        Property(
            "state", .nullable(.string),
            Text(
                "Of the message that it should stay open; null before there is one.",
                es: "Del mensaje para dejarla abierta; null si aún no hay.")),
        Property(
            "answer", .string,
            Text("What its device answered last.", es: "Lo último que respondió su dispositivo.")),
        Property(
            "trouble", .string, Text("What is wrong with it; empty for nothing.", es: "Qué le pasa; vacío si nada.")),
        Property(
            "contact", .string,
            Text("What its contact said last; empty for nothing.", es: "Lo último que dijo su sensor; vacío si nada.")),
        Property(
            "contact_since", .nullable(.timestamp),
            Text("Since when its contact says so.", es: "Desde cuándo lo dice su sensor.")),
        Property(
            "is_confirmed", .boolean,
            Text(
                "Its device was seen to hold it open in this emergency, and has no trouble now.",
                es: "Se vio que su dispositivo la mantiene abierta en esta emergencia, y no tiene fallas.")))
}

/// All doors of the site open and stay open, until somebody ends it.
///
/// - SQL: `api.begin_emergency` (sql/functions/doors/begin_emergency.sql).
package struct BeginEmergency: FormAction, StatementAction {
    private let note: String

    /// What is said about it.
    package struct Body: RequestBody {
        let note = BodyField.optionalText(
            "note", maximum: 500, Text("What happened.", es: "Qué pasa."), example: "Incendio en la torre B")
    }

    package static let body = Body()

    /// - Parameter fields: may tell what happened.
    package init(_ fields: inout FieldReader) { note = fields.read(Self.body.note) ?? "" }

    package var statement: Statement {
        Statement("select api.begin_emergency($1)", name: "begin_emergency", parameters: [.text(note)])
    }
}

/// Every door goes back to normal.
///
/// - SQL: `api.end_emergency` (sql/functions/doors/end_emergency.sql).
package struct EndEmergency: StatementAction {
    package init() {}

    package var statement: Statement { Statement("select api.end_emergency()", name: "end_emergency") }
}
