import Resource
import Users
import Web

/// What people call what only the audit names: tables without a list, columns without a field.
enum AuditWords {
    /// The declaration of a table, as the audit names that; nil where it has none.
    static func resource(_ table: String) -> Resource? {
        table == "sites" ? siteSettings : Table.of("garita.\(table)")?.resource
    }

    /// What a person calls a table.
    static func table(_ name: String) -> Text {
        resource(name)?.plural ?? tables[name] ?? Text(name.spaced, es: name.spaced)
    }

    /// What a person calls a column that is no field.
    static func column(_ name: String) -> Text { columns[name] ?? Text(name.spaced, es: name.spaced) }

    /// Columns that the system keeps for itself: that they changed tells a person nothing.
    static let kept: Set<String> = [
        "id", "site_id", "code", "is_active", "code_tag", "key_version", "code_hint", "code_digits", "code_letters",
        "token_version", "token_tag", "page_tag", "minimum_key_version", "recovery_tags", "blocklist_salt",
        "has_blocklist", "is_retired", "is_for_household", "is_active_employee", "times_used", "last_used_at",
        "absolute_end", "bucket", "tokens", "refilled_at", "day", "throttled_minute", "throttled_count", "guessed_by",
        "exit_failures", "exit_failed_at", "plate_changes", "previous_key_version", "held_until", "opening",
        "registry_code", "session_code", "attributes",
    ]

    private static let tables: [String: Text] = [
        "access_code_points": Text("Gates of cards and PINs", es: "Accesos de tarjetas y NIP"),
        "temporary_code_points": Text("Gates of passes", es: "Accesos de pases"),
        "pass_aliases": Text("Links and cards of passes", es: "Enlaces y tarjetas de pases"),
        "standing_order_acknowledgements": Text("Orders acknowledged", es: "Consignas leídas"),
        "log_corrections": Text("Corrections of the log", es: "Correcciones de la bitácora"),
        "password_links": Text("Password links", es: "Enlaces para elegir contraseña"),
        "second_factors": Text("Second factors", es: "Segundos factores"),
        "gate_throttles": Text("Attempts at gates", es: "Intentos en los accesos"),
        "csv_columns": Text("Columns of files", es: "Columnas de archivos"),
        "csv_imports": Text("Imports", es: "Importaciones"),
        "legacy_imports": Text("Imports from the former system", es: "Importaciones del sistema anterior"),
        "emergencies": Text("Emergencies", es: "Emergencias"),
        "terminals": Text("Door terminals", es: "Terminales de puertas"),
        "log_seals": Text("Seals of the log", es: "Sellos de la bitácora"),
    ]

    private static let columns: [String: Text] = [
        "code_sealed": Text("Code", es: "Código"), "secret_sealed": Text("Secret", es: "Secreto"),
        "password_hash": Text("Password", es: "Contraseña"), "is_superuser": Text("Superuser", es: "Superusuario"),
        "previous_sealed": Text("Previous secret", es: "Secreto anterior"),
        "language": Text("Language", es: "Idioma"), "value": Text("Value", es: "Valor"),
        "revoked_at": Text("Revoked", es: "Revocado"), "sponsor_id": Text("Answered for by", es: "Responde"),
        "access_point_id": Text("Access point", es: "Acceso"),
        "access_code_id": Text("Card or PIN", es: "Tarjeta o NIP"),
        "temporary_code_id": Text("Pass", es: "Pase"), "user_id": Text("Account", es: "Cuenta"),
        "expires_at": Text("Expires", es: "Vence"), "confirmed_at": Text("Confirmed", es: "Confirmado"),
        "acknowledged_at": Text("Checked", es: "Revisado"),
        "short_off": Text("Short codes off", es: "Códigos cortos apagados"),
        "day_failures": Text("Wrong codes today", es: "Códigos erróneos hoy"),
        "chosen_site_id": Text("Works in", es: "Trabaja en"),
        "setup_put_away": Text("First steps hidden", es: "Primeros pasos ocultos"),
        "table_name": Text("Table", es: "Tabla"), "heading": Text("Heading", es: "Encabezado"),
        "field": Text("Field", es: "Campo"),
        "kind": Text("Kind", es: "Tipo"), "visitor_id": Text("Visitor", es: "Visitante"),
        "opened_at": Text("Opened", es: "Inicio"), "closed_at": Text("Closed", es: "Fin"),
        "log_id": Text("Log entry", es: "Registro de bitácora"),
        "log_time": Text("Time of the entry", es: "Hora del registro"),
        "reason": Text("Reason", es: "Motivo"),
        "relieved_by": Text("Relieved by", es: "Relevó"), "handover": Text("Hand-over", es: "Entrega de turno"),
        "shift_id": Text("Shift", es: "Turno"), "standing_order_id": Text("Standing order", es: "Consigna"),
        "text": Text("Text", es: "Texto"),
        "visits_inside": Text("Visits inside", es: "Visitas dentro"),
        "secrets": Text("Secrets", es: "Secretos"), "note": Text("Note", es: "Nota"),
        "secret_names": Text("Secrets that are set", es: "Secretos guardados"),
        "began_at": Text("Began", es: "Inicio"), "begun_by": Text("Begun by", es: "La inició"),
        "ended_at": Text("Ended", es: "Fin"), "ended_by": Text("Ended by", es: "La terminó"),
        "serial": Text("Serial number", es: "Número de serie"),
        "dialect": Text("What the terminal is made for", es: "Para qué es la terminal"),
        "pairing_until": Text("May register until", es: "Puede registrarse hasta"),
        "paired_at": Text("Registered", es: "Registrada"), "door_id": Text("Door", es: "Puerta"),
        "people_inside": Text("People inside", es: "Personas dentro"),
        "visits_waiting": Text("Visits waiting", es: "Visitas por autorizar"),
    ]
}

extension String {
    /// `access_point` as `access point`.
    fileprivate var spaced: String { replacing("_", with: " ") }
}
