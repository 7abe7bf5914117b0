import Cryptography
import JSON
import PostgreSQL

/// Reads the doors, and opens their secrets.
struct DoorReader {
    let keys: KeyRing
    /// Told of a door whose secrets cannot be opened: it is used without.
    let unreadable: (Int64) -> Void

    /// - SQL: `api.outbox_doors` (sql/functions/outbox/outbox_doors.sql).
    func read(_ database: Database) throws(DatabaseError) -> [Door] {
        var doors: [Door] = []
        for row in try database.run(Statement("select * from api.outbox_doors()", name: "outbox_doors")) {
            doors.append(try door(row))
        }
        return doors
    }

    private func door(_ row: Row) throws(DatabaseError) -> Door {
        let (id, driver) = (try row.integer(0), try row.text(3))
        var secrets: [String: String] = [:]
        if let sealed = try row.optionalBytes(5) {
            let generation = Int(try row.integer(6))
            do {
                secrets = try SealedSecrets.open(sealed, owner: "door/\(driver)", generation: generation, with: keys)
            } catch { unreadable(id) }
        }
        return Door(
            id: id, siteID: try row.integer(1), name: try row.text(2), driver: driver,
            settings: Self.texts(try row.text(4)), secrets: secrets, openSeconds: Int(try row.integer(7)),
            heldAfterSeconds: Int(try row.integer(8)), wantsOpen: try row.bool(9), accessPointID: try row.integer(10),
            accessPointName: try row.text(11), direction: try row.text(12), timeZone: try row.text(13))
    }

    private static func texts(_ object: String) -> [String: String] {
        let members = (try? JSON(parsing: Array(object.utf8), maximumBytes: 65_536))?.members ?? []
        let pairs = members.compactMap { member in member.value.stringValue.map { (member.name, $0) } }
        return Dictionary(pairs) { first, _ in first }
    }
}
