import Synchronization

/// Where a process finds what there is to be told of the system; set once, from the settings.
package struct MonitoredSystem: Sendable {
    /// Folder of the scoreboards, one file for each pool; nil where none are kept.
    package let scoreboards: String?
    /// The pools that serve, in the order in which they are told.
    package let pools: [String]
    /// The pool that tells of the others.
    package static let statusPool = "status"
    /// How this version lays the scoreboards out.
    package let layout: ScoreboardLayout
    /// The version of the program.
    package let version: String
    /// The newest migration that came with it; nil where its files are not known.
    package let schema: String?
    /// Folders whose disks must not be full.
    package let folders: [Folder]
    /// The site's certificate with those that signed it; nil where it is not known.
    package let certificate: String?

    /// A folder by the name that figures have for it.
    package struct Folder: Sendable {
        /// `photos` or `database`.
        package let name: String
        /// Its absolute path.
        package let path: String

        /// Both.
        package init(name: String, path: String) {
            self.name = name
            self.path = path
        }
    }

    /// All of it.
    package init(
        scoreboards: String?, pools: [String], layout: ScoreboardLayout, version: String, schema: String?,
        folders: [Folder], certificate: String?
    ) {
        self.scoreboards = scoreboards
        self.pools = pools
        self.layout = layout
        self.version = version
        self.schema = schema
        self.folders = folders
        self.certificate = certificate
    }

    private static let this = Mutex<MonitoredSystem?>(nil)

    /// Sets what this process tells of.
    package static func use(_ system: MonitoredSystem) {
        this.withLock { $0 = system }
    }

    /// What this process tells of; nil in one that tells of nothing.
    package static var inUse: MonitoredSystem? { this.withLock { $0 } }
}
