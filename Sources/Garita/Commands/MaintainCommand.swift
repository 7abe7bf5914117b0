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
            func count(_ call: String, _ parameters: Parameter...) throws -> Int64 {
                try database.run(Statement("select \(call)", parameters: parameters)).single().integer(0)
            }
            print("log tables made: \(try count("garita.make_log_partitions($1::integer)", .integer(Int64(months))))")
            print("request ids forgotten: \(try count("garita.purge_admissions() + garita.purge_answers()"))")
            print("device keys retired: \(try count("garita.retire_device_keys()"))")
            print("failed log-ins forgotten: \(try count("garita.purge_logins()"))")
            print("sessions forgotten: \(try count("garita.purge_sessions()"))")
            print("log-ins under unknown names forgotten: \(try count("garita.purge_unknown_logins()"))")
            print("files not imported forgotten: \(try count("garita.purge_csv_imports()"))")
            print("log sums made anew: \(try count("garita.refresh_log_rollups()"))")
            // Again: the first call stores which transactions were open, and the second sees which of them have ended.
            _ = try count("garita.refresh_log_rollups()")
            print("row counts put right: \(try count("garita.keep_row_counts()"))")
            print("codes of moved-out residents ended: \(try count("garita.end_codes_of_moved_out()"))")
            for (name, function) in Self.erasures {
                print("\(name): \(try erase(function, database))")
            }
            print("photos of nobody removed: \(try sweep(PhotoFolder(configuration.photos), database))")
        }
    }
}

extension MaintainCommand {
    /// Retention, as the settings of each site have it: what is erased, and by which function.
    private static let erasures = [
        ("visits erased", "garita.erase_visitors"), ("deleted visits erased", "garita.erase_deleted_visits"),
        ("deleted people erased", "garita.erase_deleted_people"),
        ("names in the log blanked", "garita.erase_log_names"),
    ]

    /// Rows of one transaction: few, because a decision at a gate may wait for the lock of one of them.
    private static let batch: Int64 = 500

    /// Calls a function of retention, batch after batch, until it finds nothing more.
    /// - Returns: how many rows it erased.
    private func erase(_ function: String, _ database: Database) throws -> Int64 {
        let statement = Statement("select \(function)($1::integer)", parameters: [.integer(Self.batch)])
        var total: Int64 = 0
        while true {
            let erased = try database.run(statement).single().integer(0)
            total += erased
            if erased < Self.batch { return total }
        }
    }

    /// Removes the files of photos that no row names.
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
