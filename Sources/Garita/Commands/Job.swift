import OperatingSystem
import PostgreSQL

/// A regular command whose runs are kept in `garita.jobs`, so that whoever watches sees when it last succeeded.
enum Job: String {
    case maintain, backup, proof

    /// Does the work and writes down how it ended.
    ///
    /// A run that is killed stays without an end. The note of a failure is its kind alone: an error's own words may hold
    /// what belongs to nobody else.
    /// - Parameter work: returns what was done, in a line without names, codes or secrets.
    func recorded(in database: Database, _ work: () throws -> String) throws {
        let id = try database.run(
            Statement("select garita.begin_job($1, $2)", parameters: [.text(rawValue), .text(ThisProcess.hostName)])
        ).single().integer(0)
        let note: String
        do { note = try work() } catch {
            // The database may be what failed.
            try? end(id, false, "failed: \(type(of: error))", in: database)
            throw error
        }
        try end(id, true, note, in: database)
    }

    private func end(_ id: Int64, _ succeeded: Bool, _ note: String, in database: Database) throws {
        let parameters: [Parameter] = [.integer(id), .bool(succeeded), .text(note)]
        _ = try database.run(Statement("select garita.end_job($1, $2, $3)", parameters: parameters))
    }
}
