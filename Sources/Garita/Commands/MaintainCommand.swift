import ArgumentParser
import Images
import PostgreSQL

/// `garita maintain`: what a timer runs once a day.
struct MaintainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "maintain",
        abstract:
            "Daily work: makes the log's tables for the coming months, forgets old request ids and device keys, erases data of people that its site keeps no longer, removes photos of nobody."
    )

    @Option(help: "How many months of the log to be ahead.")
    var months = 3

    func validate() throws {
        guard (0...120).contains(months) else { throw ValidationError("months: 0 to 120") }
    }

    func run() throws {
        try CommandFailure.reported {
            let configuration = try Configuration.load()
            let database = try OwnerConnection.connect(configuration)
            let row = try database.run(
                Statement(
                    "select garita.make_log_partitions($1::integer), garita.purge_admissions(),"
                        + " garita.retire_device_keys(), garita.purge_logins(),"
                        + " garita.end_codes_of_moved_out(), garita.purge_answers(),"
                        + " garita.purge_uploads(), garita.purge_sessions(), garita.purge_unknown_logins()",
                    parameters: [.integer(Int64(months))])
            ).single()
            print("log tables made: \(try row.integer(0))")
            print("request ids forgotten: \(try row.integer(1) + row.integer(5))")
            print("device keys retired: \(try row.integer(2))")
            print("failed log-ins forgotten: \(try row.integer(3))")
            print("sessions forgotten: \(try row.integer(7))")
            print("log-ins under unknown names forgotten: \(try row.integer(8))")
            print("files not imported forgotten: \(try row.integer(6))")
            // Twice: the first look remembers which transactions the second has seen end.
            let keepSums = Statement("select garita.refresh_log_rollups()")
            print("log sums made anew: \(try database.run(keepSums).single().integer(0))")
            _ = try database.run(keepSums)
            let keepCounts = Statement("select garita.keep_row_counts()")
            print("row counts put right: \(try database.run(keepCounts).single().integer(0))")
            print("codes of moved-out residents ended: \(try row.integer(4))")
            print("visits erased: \(try erase("garita.erase_visitors", database))")
            print("deleted visits erased: \(try erase("garita.erase_deleted_visits", database))")
            print("deleted people erased: \(try erase("garita.erase_deleted_people", database))")
            print("names in the log blanked: \(try erase("garita.erase_log_names", database))")
            print("photos of nobody removed: \(try sweep(PhotoFolder(configuration.photos), database))")
        }
    }
}

extension MaintainCommand {
    /// Rows of one transaction: nobody at a gate waits long for one of them.
    private static let batch: Int64 = 500

    /// Calls one of the functions of retention until nothing is left to do.
    private func erase(_ function: String, _ database: Database) throws -> Int64 {
        let statement = Statement("select \(function)($1::integer)", parameters: [.integer(Self.batch)])
        var total: Int64 = 0
        while true {
            let erased = try database.run(statement).single().integer(0)
            total += erased
            if erased < Self.batch { return total }
        }
    }

    private func sweep(_ folder: PhotoFolder, _ database: Database) throws -> Int {
        try folder.sweep { names in
            try database.run(
                Statement(
                    "select n from unnest($1::text[]) as n except select photo from garita.users"
                        + " except select photo from garita.residents except select photo from garita.visitors",
                    parameters: [.textArray(names)])
            ).map { try $0.text(0) }
        }
    }
}
