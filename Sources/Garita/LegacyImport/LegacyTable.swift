import Web

/// One table of the legacy system, as Django lays it out, and what becomes of its fields here.
///
/// Names of models and fields are those of its API. Its tables have the names of Django's rule (`visitors_visitor`), or
/// others: they are found by their columns.
struct LegacyTable {
    /// A field that points at another row.
    struct Reference {
        /// As Django names the field; its column ends in `_id`.
        let field: String
        let column: String
        let table: String
        /// Whether a row whose target is missing is taken without it.
        ///
        /// Never where that would open more than before.
        let isDroppable: Bool

        init(_ field: String, _ table: String, column: String? = nil, isDroppable: Bool = false) {
            self.field = field
            self.column = column ?? "\(field)_id"
            self.table = table
            self.isDroppable = isDroppable
        }
    }

    /// Django's name of the model, in lower case.
    let model: String
    /// Our table, below the schema `garita`.
    let table: String
    /// What people call its rows.
    let name: Text
    /// Columns that only this table of the legacy system has, all of them.
    let signature: [String]
    /// Fields taken as they are, under the same name.
    let columns: Set<String>
    var references: [Reference] = []
    /// Fields that `LegacyRow` converts.
    var converted: Set<String> = []
    /// Whether a row may have a photo.
    var hasPhoto: Bool { ["users", "residents", "visitors"].contains(table) }
    /// The list of gates of a permanent code, a table of its own.
    var listsGates = false

    /// The reference that a field is, under Django's name of the field or of its column.
    func reference(named field: String) -> Reference? {
        references.first { $0.field == field || "\($0.field)_id" == field }
    }

    /// What kind of value a field holds; nil for one that has no place here.
    func kind(of field: String) -> LegacyKind? {
        if columns.contains(field) || converted.contains(field) || hasPhoto && field == "photo" {
            return LegacyKind(field: field)
        }
        return reference(named: field) == nil ? nil : .reference
    }
}

extension LegacyTable {
    private static let times: Set = ["created_at", "updated_at"]

    /// In the order in which rows may point at earlier ones.
    static let all: [LegacyTable] = [
        users, buildings, units, residents, accessPoints, visitors, accessCodes, temporaryCodes, accessLogs,
    ]

    static let users = LegacyTable(
        model: "customuser", table: "users", name: Text("users", es: "usuarios"),
        signature: ["username", "password", "is_staff", "role", "is_active_employee"],
        columns: times.union([
            "username", "first_name", "last_name", "email", "phone", "role", "is_active", "is_active_employee",
            "last_login",
        ]), converted: ["password", "is_superuser", "is_staff", "date_joined"])

    static let buildings = LegacyTable(
        model: "building", table: "buildings", name: Text("buildings", es: "edificios"),
        signature: ["name", "code", "floors", "units_per_floor"],
        columns: times.union(["name", "code", "address", "floors", "units_per_floor", "is_active"]))

    static let units = LegacyTable(
        model: "unit", table: "units", name: Text("units", es: "unidades"),
        signature: ["building_id", "number", "floor", "owner_name", "is_occupied"],
        columns: times.union(["number", "floor", "owner_name", "owner_phone", "is_occupied", "notes"]),
        references: [Reference("building", "buildings")])

    static let residents = LegacyTable(
        model: "resident", table: "residents", name: Text("residents", es: "residentes"),
        signature: ["unit_id", "document_id", "resident_type", "is_authorized", "move_out_date"],
        columns: times.union([
            "first_name", "last_name", "document_id", "phone", "email", "resident_type", "emergency_contact_name",
            "emergency_contact_phone", "is_authorized", "move_in_date", "move_out_date", "notes",
        ]), references: [Reference("unit", "units"), Reference("user", "users", isDroppable: true)])

    static let accessPoints = LegacyTable(
        model: "accesspoint", table: "access_points", name: Text("access points", es: "accesos"),
        signature: ["supports_qr", "supports_rfid", "supports_numeric", "is_entry", "is_exit"],
        columns: times.union([
            "name", "code", "access_type", "location", "supports_qr", "supports_rfid", "supports_numeric", "is_entry",
            "is_exit", "is_active", "notes",
        ]), references: [Reference("building", "buildings")])

    static let visitors = LegacyTable(
        model: "visitor", table: "visitors", name: Text("visitors", es: "visitantes"),
        signature: ["unit_id", "visitor_type", "expected_date", "check_in_time", "check_out_time"],
        columns: times.union([
            "first_name", "last_name", "document_id", "phone", "email", "visitor_type", "status", "purpose",
            "expected_date", "expected_time", "vehicle_plate", "company", "check_in_time", "check_out_time", "notes",
        ]),
        references: [
            Reference("unit", "units"), Reference("resident", "residents"),
            Reference("authorized_by", "users", column: "authorized_by", isDroppable: true),
        ])

    static let accessCodes = LegacyTable(
        model: "accesscode", table: "access_codes", name: Text("permanent codes", es: "códigos permanentes"),
        signature: ["resident_id", "code", "code_type", "issued_date", "expiry_date"],
        columns: times.union(["code_type", "is_active", "issued_date", "expiry_date", "notes"]),
        references: [
            Reference("resident", "residents"),
            Reference("issued_by", "users", column: "issued_by", isDroppable: true),
        ], converted: ["code", "access_points"], listsGates: true)

    static let temporaryCodes = LegacyTable(
        model: "temporarycode", table: "temporary_codes", name: Text("temporary codes", es: "códigos temporales"),
        signature: ["visitor_id", "code", "valid_from", "valid_until", "max_uses", "times_used"],
        columns: times.union(["valid_from", "valid_until", "max_uses", "times_used", "is_active", "last_used_at"]),
        references: [
            Reference("visitor", "visitors"),
            Reference("generated_by", "users", column: "generated_by", isDroppable: true),
        ], converted: ["code", "code_type"])

    static let accessLogs = LegacyTable(
        model: "accesslog", table: "access_logs", name: Text("log entries", es: "registros"),
        signature: ["person_name", "access_type", "access_method", "code_used", "denial_reason", "timestamp"],
        columns: [
            "person_name", "person_document", "access_type", "access_method", "status", "timestamp", "created_at",
            "vehicle_plate", "temperature", "ip_address", "device_id",
        ],
        references: [
            Reference("resident", "residents", column: "resident", isDroppable: true),
            Reference("visitor", "visitors", column: "visitor", isDroppable: true),
            Reference("access_point", "access_points", column: "access_point", isDroppable: true),
            Reference("temporary_code", "temporary_codes", column: "temporary_code", isDroppable: true),
            Reference("access_code", "access_codes", column: "access_code", isDroppable: true),
            Reference("authorized_by", "users", column: "authorized_by", isDroppable: true),
        ], converted: ["code_used", "denial_reason", "notes"])
}
