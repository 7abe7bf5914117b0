import JSON
package import PostgreSQL
package import Web

/// What keeps a row from being deleted: how many rows of which tables need it.
///
/// - SQL: `api.list_references` (sql/functions/resource/list_references.sql).
package struct References {
    /// One table with rows that need it.
    package struct Reference: Sendable {
        /// With its schema, as a ``Resource`` names it.
        package let table: String
        /// How many rows of it.
        package let count: Int64

        /// What people call its rows; a domain knows no other domain, so the words stand here.
        package var label: Text { References.labels[name] ?? Text(name, es: name) }

        fileprivate var name: String { String(table.dropFirst("garita.".count)) }

        fileprivate func json(_ language: Language) -> JSON {
            ["table": .string(name), "name": .string(label(language)), "count": .integer(count)]
        }
    }

    /// Empty when nothing needs the row.
    package let all: [Reference]

    /// What asks for those of a row of this table.
    package static func statement(_ table: String, _ id: Int64) -> Statement {
        Statement(
            "select 'garita.' || table_name, total from api.list_references($1, $2)", name: "list_references",
            parameters: [.text(String(table.dropFirst("garita.".count))), .integer(id)])
    }

    /// - Parameter rows: the answer to the statement.
    package init(_ rows: Rows) throws {
        all = try rows.map { Reference(table: try $0.text(0), count: try $0.integer(1)) }
    }

    /// 409 with the reasons: `{"detail": …, "code": "in_use", "reasons": [{"table", "name", "count"}]}`.
    var error: HTTPError {
        let all = all
        return HTTPError(
            409,
            .body { language in
                let said = all.map { "\($0.label(language)) (\($0.count))" }.joined(separator: ", ")
                let detail = all.isEmpty ? Text.inUse : Text.inUse(by: said)
                return [
                    "detail": .string(detail(language)), "code": "in_use",
                    "reasons": .array(all.map { $0.json(language) }),
                ]
            })
    }

    private static let labels: [String: Text] = [
        "access_code_points": Text("Gates of cards and PINs", es: "Accesos de tarjetas y NIP"),
        "access_codes": Text("Cards and PINs", es: "Tarjetas y NIP"),
        "access_points": Text("Gates", es: "Accesos"),
        "blocklist": Text("Block list entries", es: "Registros de la lista de bloqueo"),
        "devices": Text("Devices", es: "Dispositivos"),
        "doors": Text("Doors", es: "Puertas"),
        "residents": Text("Residents", es: "Residentes"),
        "sessions": Text("Sessions", es: "Sesiones"),
        "temporary_code_points": Text("Gates of passes", es: "Accesos de pases"),
        "temporary_codes": Text("Passes", es: "Pases"),
        "units": Text("Units", es: "Unidades"),
        "users": Text("Accounts", es: "Cuentas"),
        "vehicles": Text("Vehicles", es: "Vehículos"),
        "visitors": Text("Visitors", es: "Visitantes"),
    ]
}

extension Text {
    fileprivate static func inUse(by rows: String) -> Text {
        Text(
            "This record is in use and cannot be deleted. These need it: \(rows).",
            es: "Este registro está en uso y no se puede eliminar. Lo necesitan: \(rows).")
    }
}
