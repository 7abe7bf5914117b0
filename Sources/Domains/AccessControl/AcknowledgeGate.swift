package import OpenAPI
package import PostgreSQL
package import Web

/// `POST /api/access/points/{id}/acknowledge/`: a guard has looked at a gate where many wrong codes were tried; short
/// codes work there again.
///
/// - SQL: `api.acknowledge_gate` (sql/functions/access_control/acknowledge_gate.sql).
package struct AcknowledgeGate: Endpoint {
    package static let documentation = Documentation(
        Text("Acknowledge a gate", es: "Dar por revisado un acceso"),
        Text(
            "A guard has looked at a gate where many wrong codes were tried: short codes work there again. Gate 0 is that"
                + " of requests which name none.",
            es: "Un guardia revisó un acceso con muchos códigos erróneos: ahí vuelven a servir los códigos cortos. El"
                + " acceso 0 es el de las solicitudes que no nombran ninguno."),
        answers: [.noContent])

    private let id: Int64

    package init(_ request: Request) throws(HTTPError) {
        id = try request.identifier()
    }

    /// What does it, for an answer of one's own.
    package var statement: Statement {
        Statement("select api.acknowledge_gate($1)", name: "acknowledge_gate", parameters: [.integer(id)])
    }

    package func respond(_ context: Context) throws -> Response {
        _ = try context.run([statement])
        return .noContent
    }
}
