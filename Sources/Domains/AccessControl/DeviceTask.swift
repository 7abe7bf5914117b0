import PostgreSQL
package import Web

/// What an administrator does with the devices of gates; each new key is handed out once.
///
/// Each is a function of the database, which refuses devices and gates of other sites.
package enum DeviceTask {
    /// Binds a new device to one gate and its ways.
    ///
    /// - SQL: `api.enrol_device` (sql/functions/devices/enrol_device.sql).
    /// - Parameter gate: where it stands; nil where the form tells.
    /// - Throws: 400 with every faulty field; 503 where there is no key to hand out, and then there is no device.
    package static func enrol(_ form: Form, at gate: Int64?, _ context: Context) throws -> DeviceCredentials {
        var fields = FieldReader(form)
        let gate = gate ?? fields.integer("access_point", 1...Int64.max)
        let name = fields.text("name", maximum: 100)
        let entry = form.text("allows_entry") == "true"
        let exit = form.text("allows_exit") == "true"
        if !entry, !exit { fields.add(FieldError("allows_entry", .noWay)) }
        try fields.finish()
        let statement = Statement(
            "select device_id, key_version from api.enrol_device($1, $2, $3, $4)", name: "enrol_device",
            parameters: [.integer(gate), .text(name), .bool(entry), .bool(exit)])
        return try context.transaction { context in
            let row = try context.run([statement])[0].single()
            return try credentials(try row.integer(0), try row.integer(1), context)
        }
    }

    /// Begins its next key; the one before is good for seven more days.
    ///
    /// - SQL: `api.rotate_device` (sql/functions/devices/rotate_device.sql).
    package static func rotate(_ id: Int64, _ context: Context) throws -> DeviceCredentials {
        let statement = Statement("select api.rotate_device($1)", name: "rotate_device", parameters: [.integer(id)])
        return try context.transaction { context in
            try credentials(id, try context.run([statement])[0].single().integer(0), context)
        }
    }

    /// Switches it off for good.
    ///
    /// - SQL: `api.revoke_device` (sql/functions/devices/revoke_device.sql).
    package static func revoke(_ id: Int64, _ context: Context) throws {
        _ = try context.run([
            Statement("select api.revoke_device($1)", name: "revoke_device", parameters: [.integer(id)])
        ])
    }

    private static func credentials(
        _ id: Int64, _ version: Int64, _ context: Context
    ) throws(HTTPError) -> DeviceCredentials {
        guard let credentials = context.keys.devices.credentials(of: id, version: version) else {
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
