package import Web

/// One thing that must be right, and whether it is.
package struct Part: Sendable {
    /// How bad it is.
    package enum Level: String, Sendable, Comparable {
        case ok, warning, fail

        /// By how bad they are.
        package static func < (left: Level, right: Level) -> Bool { left.severity < right.severity }

        private var severity: Int {
            switch self {
            case .ok: 0
            case .warning: 1
            case .fail: 2
            }
        }
    }

    /// For programs: `database`.
    package let name: String
    /// `fail` for what cannot serve; `warning` for what will be a fault if nobody looks at it.
    package let level: Level
    /// What was found.
    package let detail: Text
    /// What an operator can do about it; nil when there is nothing to be done.
    package let advice: Text?

    init(_ name: Name, _ level: Level, _ detail: Text, advice: Text? = nil) {
        self.name = name.rawValue
        self.level = level
        self.detail = detail
        self.advice = advice
    }

    /// In the order in which they are told.
    enum Name: String, CaseIterable {
        case settings, workers, database, schema, keys, disk, clock, logTables = "log_tables", outbox, maintenance,
            backup,
            proof, certificate
    }

    /// What people call it.
    package var title: Text {
        switch Name(rawValue: name) {
        case .settings: Text("Settings", es: "Ajustes")
        case .workers: Text("Workers", es: "Procesos")
        case .database: Text("Database", es: "Base de datos")
        case .schema: Text("Schema", es: "Esquema")
        case .keys: Text("Keys", es: "Claves")
        case .disk: Text("Disks", es: "Discos")
        case .clock: Text("Clock", es: "Reloj")
        case .logTables: Text("Tables of the log", es: "Tablas del registro")
        case .outbox: Text("Doors and webhooks", es: "Puertas y webhooks")
        case .maintenance: Text("Daily maintenance", es: "Mantenimiento diario")
        case .backup: Text("Backup", es: "Respaldo")
        case .proof: Text("Proved restore", es: "Restauración comprobada")
        case .certificate: Text("Certificate", es: "Certificado")
        case nil: Text(name, es: name)
        }
    }
}
