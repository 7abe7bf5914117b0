import OperatingSystem
import PostgreSQL

/// The database's owner, for commands that change the schema or load data.
enum OwnerConnection {
    /// Ten minutes: a migration may have work to do.
    private static let deadlineMilliseconds = 600_000

    static func connect(_ configuration: Configuration) throws -> Database {
        let database = configuration.database(as: "garita_migrate", deadlineMilliseconds: deadlineMilliseconds)
        // The role that logs in inherits no right of the owner.
        _ = try database.run(Statement("set role garita_owner"))
        // The audit names who ran the command.
        let operatorName = "command:\(ThisProcess.userName)"
        _ = try database.run(
            Statement("select set_config('garita.actor', $1, false)", parameters: [.text(operatorName)]))
        return database
    }
}
