import AccessControl
import AccessLogs
import Doors
import Integrations
import Residents
import Resource
import Users
import Visitors

/// Where the pages of this room are; no other file spells them.
enum AdminPath {
    static let home = "/admin/"
    static let search = "\(home)search/"
    static let reports = "\(home)reports/"
    static let reportsFile = "\(reports)csv/"
    static let settings = "\(home)settings/"
    static let system = "\(home)system/"

    // MARK: Lists that other pages lead to

    static let visitors = list(of: Visitors.visitors)
    static let passes = list(of: temporaryCodes)
    static let cards = list(of: accessCodes)
    static let gates = list(of: accessPoints)
    static let doors = list(of: Doors.doors)
    static let openings = list(of: doorOpenings)
    static let devices = list(of: AccessControl.devices)
    static let log = list(of: accessLogs)
    static let audit = list(of: Users.audit)
    static let users = list(of: Users.users)
    static let buildings = list(of: Residents.buildings)
    static let units = list(of: Residents.units)
    static let webhooks = list(of: Integrations.webhooks)
    static let residents = list(of: Residents.residents)

    /// The list of a table, by its place in addresses.
    static func list(_ slug: String) -> String { "\(home)\(slug)/" }

    private static func list(of table: Resource) -> String { table.admin.map { list($0.slug) } ?? home }

    // MARK: Files of rows

    static let imports = "\(home)imports/"

    static func importedFile(_ id: Int64) -> String { "\(imports)\(id)/" }
    static func importColumns(_ id: Int64) -> String { "\(importedFile(id))columns/" }
    static func undoImport(_ id: Int64) -> String { "\(importedFile(id))undo/" }
    static func importFaults(_ id: Int64) -> String { "\(importedFile(id))errors/" }
}
