import Cryptography
import OperatingSystem
import PostgreSQL

/// Seals what the log has gained, batch by batch.
struct Sealer {
    /// Rows of one seal at most: a first run over an old log goes in steps.
    static let batch: Int64 = 10_000
    /// Older than this, every transaction that could still bring a row of a lower id has ended: a command waits ten
    /// minutes for the database at most.
    static let settledMinutes: Int64 = 15

    let database: Database
    let key: SealKey

    /// Seals everything that is committed and not sealed yet.
    /// - Returns: the seals made.
    func sealAll() throws -> [LogSeal] {
        var seals: [LogSeal] = []
        var progress: Progress?
        defer { progress?.hide() }
        while let seal = try sealBatch() {
            seals.append(seal)
            let done = seals.reduce(0) { $0 + $1.rows }
            // Counted once it is known to be long.
            if seal.rows == Self.batch {
                if progress == nil { progress = Progress(of: try unsealed() + done) }
                progress?.show(done)
            }
            if seal.rows < Self.batch { break }
        }
        return seals
    }

    /// How many rows wait.
    private func unsealed() throws -> Int64 {
        try database.run(
            Statement(
                "select count(*) from (\(Self.unsealed)) as w",
                parameters: [.integer(Int64.max), .integer(Self.settledMinutes)])
        ).single().integer(0)
    }

    /// One transaction; a second sealer waits for the first.
    private func sealBatch() throws -> LogSeal? {
        try database.transaction {
            _ = try database.run(Statement("select pg_advisory_xact_lock(hashtextextended('garita.log_seals', 0))"))
            // Before the rows are read: a row that gets a higher id afterwards belongs to the next seal.
            let idsUntil = try database.run(Statement("select last_value from garita.access_logs_id_seq")).single()
                .integer(0)
            let rows = try database.run(
                Statement(Self.unsealed, parameters: [.integer(Self.batch), .integer(Self.settledMinutes)]))
            guard !rows.isEmpty else { return nil }
            return try seal(rows, idsUntil: Int64(rows.count) < Self.batch ? idsUntil : 0)
        }
    }

    private func seal(_ rows: Rows, idsUntil: Int64) throws -> LogSeal {
        let leaves = try rows.map { row in
            LogLeaf(
                id: try row.integer(0), facts: try row.utf8(2) ?? [], person: try row.utf8(3) ?? [], key: key)
        }
        let root = MerkleTree.root(of: leaves.map(\.bytes))
        let last = try database.run(
            Statement(
                "select n.number, n.made_at, coalesce(s.chain, $1) from (select coalesce(max(number), 0) as number,"
                    + " (extract(epoch from clock_timestamp()) * 1000000)::bigint as made_at from garita.log_seals) n"
                    + " left join garita.log_seals s using (number)",
                parameters: [.bytes(LogSeal.beginning)])
        ).single()
        let number = try last.integer(0) + 1
        let madeAt = try last.integer(1)
        let chain = LogSeal.chain(
            after: try last.bytes(2), number: number, rows: Int64(rows.count), madeAt: madeAt, root: root)
        let row = try database.run(
            Statement(
                "insert into garita.log_seals as s (number, made_at, rows, ids_until, root, chain, key_version,"
                    + " signature) values ($1, timestamptz 'epoch' + $2::bigint * interval '1 microsecond', $3, $4, $5,"
                    + " $6, $7, $8) returning \(LogSeal.columns)",
                parameters: [
                    .integer(number), .integer(madeAt), .integer(Int64(rows.count)), .integer(idsUntil), .bytes(root),
                    .bytes(chain), .integer(Int64(key.generation)), .bytes(try key.signature(for: chain)),
                ])
        ).single()
        try keep(leaves, of: rows, in: number)
        return try LogSeal(row)
    }

    private func keep(_ leaves: [LogLeaf], of rows: Rows, in seal: Int64) throws {
        _ = try database.run(
            Statement(
                "insert into garita.log_leaves (seal, log_id, log_time, facts, person)"
                    + " select $1, u.* from unnest($2::bigint[], $3::timestamptz[], $4, $5) as u",
                parameters: [
                    .integer(seal), .integerArray(try rows.map { try $0.integer(0) }),
                    .textArray(try rows.map { try $0.text(1) }), .bytesArray(leaves.map(\.facts)),
                    .bytesArray(leaves.map(\.person)),
                ]))
    }

    /// In the order of their ids, from the last id on of which nothing can be missing.
    private static let unsealed = """
        select l.id, l."timestamp"::text, \(LogLeaf.factsColumn), \(LogLeaf.personColumn)
        from garita.access_logs l
        where l.id > (
                select coalesce(max(s.ids_until), 0) from garita.log_seals s
                where s.made_at < clock_timestamp() - $2::integer * interval '1 minute')
            and not exists (
                select from garita.log_leaves v where v.log_id = l.id and v.log_time = l."timestamp")
        order by l.id, l."timestamp" limit $1::bigint
        """
}
