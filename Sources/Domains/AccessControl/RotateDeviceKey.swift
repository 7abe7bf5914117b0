import PostgreSQL
package import Web

/// Begins the next key of a device, handed out this once; the one before is good for seven more days.
///
/// - SQL: `api.rotate_device` (sql/functions/devices/rotate_device.sql).
package struct RotateDeviceKey: RowAction {
    private let id: Int64

    package init(_ id: Int64) { self.id = id }

    /// - Throws: 503 where there is no key to hand out, and then nothing has changed.
    package func perform(_ context: Context) throws -> DeviceCredentials {
        let statement = Statement("select api.rotate_device($1)", name: "rotate_device", parameters: [.integer(id)])
        return try context.transaction { context in
            let version = try context.run([statement])[0].single().integer(0)
            return try context.credentials(of: id, version: version)
        }
    }
}
