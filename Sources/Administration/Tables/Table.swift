import AccessControl
import AccessLogs
import Doors
import Integrations
import Pages
import Residents
import Resource
import Users
import Visitors
import Vocabulary
import Web

/// A declared table with its pages.
struct Table: Sendable {
    let resource: Resource
    let admin: AdminOptions

    /// The tables with pages, in the order of the menu.
    ///
    /// - Precondition: whatever their declarations name is there.
    static let all: [Table] = {
        let resources = [
            visitors, temporaryCodes, residents, units, buildings, vehicles, users, sessions, accessPoints, doors,
            doorOpenings, devices, accessCodes, blocklist, schedules, holidays, standingOrders, shifts, shiftNotes,
            accessLogs, doorEvents, audit, webhooks, deliveries,
        ]
        Declarations.require(Resource.faults(in: resources))
        return resources.compactMap { resource in resource.admin.map { Table(resource: resource, admin: $0) } }
    }()

    /// The accounts of a file, which have no list of their own beside that of the accounts.
    static let accounts = users.admin.map { Table(resource: accountFiles, admin: $0) }

    /// The one at that place in addresses.
    static func named(_ slug: String) -> Table? { all.first { $0.admin.slug == slug } }

    /// The one that a reference into `garita.units` leads to.
    static func of(_ table: String?) -> Table? { all.first { $0.resource.table == table } }

    var path: String { AdminPath.list(admin.slug) }

    /// Where one row is.
    func path(of id: Int64) -> String { "\(path)\(id)/" }

    func allows(_ operation: Resource.Operation) -> Bool {
        resource.permissions[operation]?.admits(.administrator) ?? false
    }
}
