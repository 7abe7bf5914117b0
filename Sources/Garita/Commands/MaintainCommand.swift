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
            try Job.maintain.recorded(in: database) {
                try work(configuration, database)
                return ""
            }
        }
    }

    private func work(_ configuration: Configuration, _ database: Database) throws {
        let progress = Progress(of: Int64(clamping: Self.tasks.count + Self.erasures.count + 3), .steps)
        defer { progress.hide() }
        var step: Int64 = 0
        func perform(_ name: String, _ work: () throws -> Int64) throws {
            step += 1
            progress.show(step: step, name)
            let done = try work()
            progress.hide()
            print("\(name): \(done)")
        }
        try perform("log tables made") {
            try count("garita.make_log_partitions($1::integer)", .integer(Int64(months)), database)
        }
        for (name, call) in Self.tasks { try perform(name) { try count(call, nil, database) } }
        try perform("phones written in one style") { try PhoneStyle(database: database).apply() }
        for (name, function) in Self.erasures {
            try perform(name) {
                try Self.erase(function, database) { progress.show(step: step, name, done: $0) }
            }
        }
        try perform("photos of nobody removed") {
            Int64(try sweep(PhotoFolder(configuration.photos), database))
        }
    }
}

extension MaintainCommand {
    private func count(_ call: String, _ parameter: Parameter?, _ database: Database) throws -> Int64 {
        try database.run(Statement("select \(call)", parameters: parameter.map { [$0] } ?? [])).single().integer(0)
    }

    /// What one call does, in this order.
    private static let tasks = [
        ("request ids forgotten", "garita.purge_admissions() + garita.purge_answers()"),
        ("device keys retired", "garita.retire_device_keys()"),
        ("failed log-ins forgotten", "garita.purge_logins()"),
        ("sessions forgotten", "garita.purge_sessions()"),
        ("log-ins under unknown names forgotten", "garita.purge_unknown_logins()"),
        ("files not imported forgotten", "garita.purge_csv_imports()"),
        ("runs of commands forgotten", "garita.purge_jobs()"),
        ("messages and events of doors forgotten", "garita.purge_outbox()"),
        ("messages to webhooks forgotten", "garita.purge_webhooks()"),
        ("log sums made anew", "garita.refresh_log_rollups()"),
        // Again: the first call stores which transactions were open, and the second sees which of them have ended.
        ("log sums settled", "garita.refresh_log_rollups()"),
        ("row counts put right", "garita.keep_row_counts()"),
        ("outdated copies put right", "garita.repair_copies()"),
        ("codes of moved-out residents ended", "garita.end_codes_of_moved_out()"),
    ]

    /// Retention, as the settings of each site have it: what is erased, and by which function.
    private static let erasures = [
        ("visits erased", "garita.erase_visitors"), ("deleted visits erased", "garita.erase_deleted_visits"),
        ("deleted people erased", "garita.erase_deleted_people"),
        ("names in the log blanked", "garita.erase_log_names"),
    ]

    /// What a database of an older time must do before anybody is let in: tables for the log, and retention.
    static func keepPromises(_ database: Database) throws {
        _ = try database.run(Statement("select garita.make_log_partitions(3)"))
        for (_, function) in erasures { _ = try erase(function, database) { _ in } }
    }

    /// Rows of one transaction: few, because a decision at a gate may wait for the lock of one of them.
    private static let batch: Int64 = 500

    /// Calls a function of retention, batch after batch, until it finds nothing more.
    /// - Returns: how many rows it erased.
    private static func erase(_ function: String, _ database: Database, tell: (Int64) -> Void) throws -> Int64 {
        let statement = Statement("select \(function)($1::integer)", parameters: [.integer(batch)])
        var total: Int64 = 0
        while true {
            let erased = try database.run(statement).single().integer(0)
            total += erased
            tell(total)
            if erased < batch { return total }
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
