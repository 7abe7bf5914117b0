import JSON
import OpenAPI
import PostgreSQL
import Resource
import Web

/// `GET /api/logs/resident_logs/?resident_id=` and `visitor_logs/?visitor_id=`: the newest rows of one person in full.
struct ListLogsOfPerson {
    private static let maximumRows: Int64 = 500
    private let column: String
    private let person: FieldValue

    private init(_ request: Request, _ name: String, _ column: String) throws(HTTPError) {
        guard let text = request.queryValue(name), !text.isEmpty else {
            let missing = Text("\(name) parameter required", es: "Falta el parámetro \(name)")
            throw HTTPError(400, .body { ["error": .string(missing($0))] })
        }
        self.column = column
        person = try Filter.value(.reference, text, name)
    }

    private func respond(_ context: Context) throws -> Response {
        let role = try context.requireCaller().role
        let projection = accessLogs.rowProjection(for: role)
        var conditions = WhereClause()
        conditions.add("t.\(column) = ?", person)
        let newest = accessLogs.rowsStatement(
            projection.sql, conditions, order: accessLogs.orderBy(accessLogs.list.order), limit: Self.maximumRows,
            name: "logs by \(column) \(role.rawValue)")
        let rows = try context.run([newest])[0]
        return try .json { try projection.write(rows, context, to: &$0) }
    }

    private static func documentation(_ name: String) -> Documentation {
        let isResident = name == "resident_id"
        return Documentation(
            isResident
                ? Text("The log of one resident", es: "La bitácora de un residente")
                : Text("The log of one visitor", es: "La bitácora de un visitante"),
            id: isResident ? "listLogsOfResident" : "listLogsOfVisitor",
            Text("The newest 500 entries, newest first.", es: "Los 500 registros más recientes primero."),
            parameters: [
                RequestParameter(name, .anyInteger, Text("Whose log.", es: "De quién."), required: true)
            ],
            answers: [
                .ok(.array(accessLogs.rowSchema)),
                Answer(
                    400, Text("The number is missing or none.", es: "Falta el número o no lo es."),
                    .anyOf([.object(Property("error", .string)), .map(.array(.string))])),
            ])
    }

    /// The row of the route table for one kind of person.
    static func route(_ path: String, _ name: String, _ column: String) -> Route {
        Route(.get, path, for: .signedIn, named: "ListLogsOfPerson \(name)", documentation(name)) {
            request throws(HTTPError) in
            try ListLogsOfPerson(request, name, column).respond
        }
    }
}
