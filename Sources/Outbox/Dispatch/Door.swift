/// A door in use, as its driver needs it.
package struct Door: Sendable, Equatable {
    package let id: Int64
    package let siteID: Int64
    package let name: String
    /// Name of its driver.
    package let driver: String
    /// Values by the names that the driver declares; what was not set is missing.
    package let settings: [String: String]
    /// Opened; never to be written anywhere.
    package let secrets: [String: String]
    /// For how long the device is to keep it open.
    package let openSeconds: Int
    /// Open for longer is an event; 0 where nobody watches.
    package let heldAfterSeconds: Int
    /// It is to stay open until told otherwise, also when its device comes back.
    package let wantsOpen: Bool
    package let accessPointID: Int64
    package let accessPointName: String
    /// `ENTRY`, `EXIT` or `BOTH`.
    package let direction: String
    /// Of the site, by its IANA name.
    package let timeZone: String

    package init(
        id: Int64, siteID: Int64, name: String, driver: String, settings: [String: String], secrets: [String: String],
        openSeconds: Int, heldAfterSeconds: Int, wantsOpen: Bool, accessPointID: Int64, accessPointName: String,
        direction: String, timeZone: String
    ) {
        self.id = id
        self.siteID = siteID
        self.name = name
        self.driver = driver
        self.settings = settings
        self.secrets = secrets
        self.openSeconds = openSeconds
        self.heldAfterSeconds = heldAfterSeconds
        self.wantsOpen = wantsOpen
        self.accessPointID = accessPointID
        self.accessPointName = accessPointName
        self.direction = direction
        self.timeZone = timeZone
    }
}
