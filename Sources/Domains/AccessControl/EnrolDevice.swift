import PostgreSQL
package import Web

/// Binds a new device to one gate and its ways; its key is handed out this once.
///
/// - SQL: `api.enrol_device` (sql/functions/devices/enrol_device.sql).
package struct EnrolDevice: Action {
    private let gate: Int64
    private let name: String
    private let entry: Bool
    private let exit: Bool

    /// - Parameter gate: where it stands; nil where the form tells.
    /// - Throws: 400 with every faulty field.
    package init(_ form: Form, at gate: Int64?) throws(HTTPError) {
        let entry = form.text("allows_entry") == "true"
        let exit = form.text("allows_exit") == "true"
        (self.gate, name) = try form.read { fields in
            let known = gate ?? fields.integer("access_point", 1...Int64.max)
            let name = fields.text("name", maximum: 100)
            if !entry, !exit { fields.add(FieldError("allows_entry", .noWay)) }
            return (known, name)
        }
        self.entry = entry
        self.exit = exit
    }

    /// - Throws: 503 where there is no key to hand out, and then there is no device.
    package func perform(_ context: Context) throws -> DeviceCredentials {
        let statement = Statement(
            "select device_id, key_version from api.enrol_device($1, $2, $3, $4)", name: "enrol_device",
            parameters: [.integer(gate), .text(name), .bool(entry), .bool(exit)])
        return try context.transaction { context in
            let row = try context.run([statement])[0].single()
            return try context.credentials(of: try row.integer(0), version: try row.integer(1))
        }
    }
}

extension Context {
    /// The key that a device gets.
    ///
    /// - Throws: 503 where no master key has been made.
    func credentials(of device: Int64, version: Int64) throws(HTTPError) -> DeviceCredentials {
        guard let credentials = keys.devices.credentials(of: device, version: version) else {
            throw HTTPError(503, .noDeviceKey)
        }
        return credentials
    }
}

extension Text {
    fileprivate static let noWay = Text("Entry, exit or both.", es: "Entrada, salida o ambas.")
    fileprivate static let noDeviceKey = Text(
        "The key of gate devices is missing: whoever runs the server makes it with `garita keys init`.",
        es: "Falta la clave de los dispositivos: quien opera el servidor la genera con `garita keys init`.")
}
