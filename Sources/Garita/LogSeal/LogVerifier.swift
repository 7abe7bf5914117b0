import Cryptography
import PostgreSQL

/// Recomputes every seal of the access log from the rows as they stand now, and trusts nothing the database computed.
struct LogVerifier {
    let database: Database
    /// Every generation there is.
    let keys: [SealKey]
    /// The witness's lines, by number of the seal; empty when there is no witness.
    let witnessed: [Int64: String]

    /// A line per fault, each naming its seal, and how many seals and rows were checked.
    func verify() throws -> (faults: [String], seals: Int, rows: Int64) {
        var faults: [String] = []
        var previous = LogSeal.beginning
        var count: Int64 = 0
        var rows: Int64 = 0
        var last: LogSeal?
        let all = try database.run(Statement("select coalesce(sum(s.rows), 0)::bigint from garita.log_seals s"))
        let progress = Progress(of: try all.single().integer(0))
        defer { progress.hide() }
        while let seal = try next(after: count) {
            if seal.number - 1 != count { faults.append("seal \(count &+ 1) is missing") }
            faults += try self.faults(of: seal, after: previous)
            previous = seal.chain
            count = seal.number
            rows += seal.rows
            progress.show(rows)
            last = seal
        }
        if let last { faults += try slippedIn(last) }
        faults += missingAtTheEnd(after: count)
        return (faults, Int(clamping: count), rows)
    }

    /// What the witness has seen and the database does not have any more: cut off, or restored from a backup.
    private func missingAtTheEnd(after count: Int64) -> [String] {
        let missing = witnessed.filter { $0.key > count }
        guard let first = missing.keys.min(), let last = missing.keys.max() else { return [] }
        let rows = missing.values.reduce(Int64(0)) { $0 + WitnessFile.rows(in: $1) }
        return [
            "the log was cut short: the witness has seal \(first)\(last > first ? " to \(last)" : ""), of"
                + " \(counted(rows, "row")), the database ends with \(count)"
        ]
    }

    private func next(after number: Int64) throws -> LogSeal? {
        try database.run(
            Statement(
                "select \(LogSeal.columns) from garita.log_seals s where s.number > $1 order by s.number limit 1",
                name: "next_seal", parameters: [.integer(number)])
        ).first.map { try LogSeal($0) }
    }

    private func faults(of seal: LogSeal, after previous: [UInt8]) throws -> [String] {
        var faults: [String] = []
        guard let key = keys.first(where: { $0.generation == seal.keyGeneration }) else {
            return ["seal \(seal.number): its key, generation \(seal.keyGeneration), is not here"]
        }
        let rows = try database.run(
            Statement(Self.leaves, name: "sealed_rows", parameters: [.integer(seal.number)]))
        let stored = try rows.map { LogLeaf(facts: try $0.bytes(1), person: try $0.bytes(2)) }
        let root = MerkleTree.root(of: stored.map(\.bytes))
        if root != seal.root || Int64(rows.count) != seal.rows {
            faults.append("seal \(seal.number): what it covers was changed")
        }
        let chain = LogSeal.chain(
            after: previous, number: seal.number, rows: seal.rows, madeAt: seal.madeAt, root: seal.root)
        if chain != seal.chain { faults.append("seal \(seal.number): it does not follow from the seal before") }
        if !SigningKey.isSignature(seal.signature, for: seal.chain, by: key.publicKey) {
            faults.append("seal \(seal.number): its signature is not ours")
        }
        if let line = witnessed[seal.number], line != seal.witnessLine {
            faults.append("seal \(seal.number): the witness has another one")
        }
        return faults + (try zip(rows, stored).compactMap { try fault(of: $0, $1, key, in: seal.number) })
    }

    private func fault(of row: Row, _ leaf: LogLeaf, _ key: SealKey, in seal: Int64) throws -> String? {
        let id = try row.integer(0)
        guard let facts = try row.utf8(3), let person = try row.utf8(4) else {
            return "seal \(seal): log row \(id) is gone"
        }
        let found = LogLeaf(id: id, facts: facts, person: person, key: key)
        let isBlank = Array(person) == LogLeaf.blankPerson
        return found.facts == leaf.facts && (isBlank || found.person == leaf.person)
            ? nil : "seal \(seal): log row \(id) was changed"
    }

    /// Rows without a seal whose ids were all given out, and settled, long before the last one was made.
    private func slippedIn(_ last: LogSeal) throws -> [String] {
        try database.run(Statement(Self.unsealed, parameters: [.integer(Sealer.settledMinutes)])).map {
            "log row \(try $0.integer(0)) was slipped in: no seal covers it"
        }
    }

    private static let leaves = """
        select v.log_id, v.facts, v.person, case when l.id is not null then \(LogLeaf.factsColumn) end,
            case when l.id is not null then \(LogLeaf.personColumn) end
        from garita.log_leaves v
        left join garita.access_logs l on l.id = v.log_id and l."timestamp" = v.log_time
        where v.seal = $1
        order by v.log_id, v.log_time
        """

    private static let unsealed = """
        select l.id from garita.access_logs l
        where l.id <= (
                select coalesce(max(s.ids_until), 0) from garita.log_seals s
                where s.made_at < (select max(made_at) from garita.log_seals) - $1::integer * interval '1 minute')
            and not exists (
                select from garita.log_leaves v where v.log_id = l.id and v.log_time = l."timestamp")
        order by l.id limit 100
        """
}
