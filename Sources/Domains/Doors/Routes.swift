import JSON
import OpenAPI
import PostgreSQL
import Resource
import Vocabulary
package import Web

/// Doors, what is known of them, opening them by hand, and the emergency in which all stay open.
package let doorsRoutes: [Route] =
    doors.routes + emergencyRoutes + [
        rowsOfDoor(
            "events", doorEvents, id: "listEventsOfDoor",
            Text("What happened at a door", es: "Lo que pasó en una puerta")),
        rowsOfDoor(
            "openings", doorOpenings, id: "listOpeningsOfDoor",
            Text("What was asked of a door", es: "Lo que se pidió a una puerta")),
        .action(
            "/api/doors/{id}/open/", for: .gatekeepers, OpenDoor.self,
            Documentation(
                Text("Open a door by hand", es: "Abrir una puerta a mano"),
                Text(
                    "The reason stands in the audit. The answer is the opening as it begins; its state is told by the"
                        + " openings of the door.",
                    es:
                        "El motivo queda en la auditoría. La respuesta es la apertura al empezar; su estado se consulta en"
                        + " las aperturas de la puerta."),
                body: OpenDoor.body, answers: [.ok(doorOpenings.rowSchema)]),
            reading: OpenDoor.init
        ) { opening, context in
            let role = try context.requireCaller().role
            let rows = try context.run([opening.statement, doorOpenings.rowStatement(.saved, for: role)])[1]
            return .json(try doorOpenings.rowProjection(for: role).json(rows.single(), context))
        },
    ]

private let emergencyRoutes: [Route] = [
    .get("/api/emergency/", for: .gatekeepers, ShowEmergency.self),
    .action(
        "/api/emergency/", for: .gatekeepers, BeginEmergency.self,
        Documentation(
            Text("Open all doors of the site", es: "Abrir todas las puertas"),
            Text(
                "They stay open until somebody ends it; no timer does. Begun twice it is one.",
                es: "Quedan abiertas hasta que alguien la termine; nada la termina sola. Iniciada dos veces es una."),
            answers: [.ok(EmergencyState.schema)])
    ) { deed, context in try answer(deed.statement, context) },
    .action(
        "/api/emergency/end/", for: .gatekeepers, EndEmergency.self,
        Documentation(
            Text("End the emergency", es: "Terminar la emergencia"),
            Text("Every door goes back to normal.", es: "Las puertas vuelven a lo normal."),
            answers: [.ok(EmergencyState.schema)]),
        reading: { _ throws(HTTPError) in EndEmergency() }
    ) { deed, context in try answer(deed.statement, context) },
]

/// Does it, and tells how the doors then stand.
private func answer(_ deed: Statement, _ context: Context) throws -> Response {
    .json(try EmergencyState(Array(context.run([deed] + EmergencyState.statements).dropFirst())).json)
}

/// `GET /api/emergency/`.
private struct ShowEmergency: Endpoint {
    static let documentation = Documentation(
        Text("Whether all doors are to stay open", es: "Si todas las puertas deben quedar abiertas"),
        answers: [.ok(EmergencyState.schema)])

    init(_ request: Request) throws(HTTPError) {}

    func respond(_ context: Context) throws -> Response {
        .json(try EmergencyState(context.run(EmergencyState.statements)).json)
    }
}

/// `GET /api/doors/{id}/events/`: the newest 500 rows of a table that hang on one door.
private func rowsOfDoor(_ name: String, _ rows: Resource, id: String, _ summary: Text) -> Route {
    let documentation = Documentation(
        summary, id: id, Text("The newest 500 first.", es: "Las 500 más recientes primero."),
        answers: [.ok(.array(rows.rowSchema))])
    return Route(.get, "/api/doors/{id}/\(name)/", for: .gatekeepers, named: "List \(name) of a door", documentation) {
        request throws(HTTPError) in
        let door = try request.identifier()
        return { context in
            let role = try context.requireCaller().role
            let projection = rows.rowProjection(for: role)
            var conditions = WhereClause()
            conditions.add("t.door_id = ?", .integer(door))
            let newest = rows.rowsStatement(
                projection.sql, conditions, order: rows.orderBy(rows.list.order), limit: 500,
                name: "\(name) of a door \(role.rawValue)")
            let found = try context.run([doors.rowStatement("t.id", .number(door)), newest])
            guard !found[0].isEmpty else { throw HTTPError.notFound(doors.model) }
            return try .json { try projection.write(found[1], context, to: &$0) }
        }
    }
}
