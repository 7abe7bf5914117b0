import OperatingSystem

/// The pools' own copies of the keys: in `<GARITA_POOLS>/<pool>/keys` those that the pool's requests need, no others.
///
/// Where there is a folder `<GARITA_POOLS>/seal/keys`, the sealing of the log has an account too and gets its key there; so
/// has what empties the outbox, in `outbox/keys`.
///
/// Whoever takes control of a worker gets the keys of its pool only. The copies lie in a folder that only the operator
/// writes, and follow the operator's keys: their content, and the time they were made, which says when each is used.
struct PoolKeys {
    private let source: KeyStore
    private let folder: String

    /// - Parameter folder: nil where no pools are kept apart: then there is nothing to do.
    init?(_ configuration: Configuration) {
        guard let folder = configuration.pools, configuration.keys != nil else { return nil }
        source = KeyStore(configuration)
        self.folder = folder
    }

    /// Brings every pool's copies up to date, also when one pool fails.
    /// - Throws: `Configuration.Problems` with what failed, after all pools were tried.
    func distribute() throws {
        var problems: [String] = []
        for (_, store) in stores {
            do { try store.follow(source) } catch let error as Configuration.Problems {
                problems += error.list.filter { !problems.contains($0) }
            } catch {
                problems.append("\(store.name): \(error)")
            }
        }
        guard problems.isEmpty else { throw Configuration.Problems(list: problems) }
    }

    /// Pools whose keys are not the operator's, or are open to others.
    func problems() throws -> [String] {
        try stores.flatMap { owner, store -> [String] in
            guard let isCurrent = try? store.isCopy(of: source) else { return ["\(store.name) has no folder of keys"] }
            let stale = ["GARITA_POOLS: the keys of \(owner) are not the present ones; `garita keys init`"]
            return isCurrent ? try store.problems() : stale
        }
    }

    /// Who gets copies, by name of folder.
    private var stores: [(owner: String, store: KeyStore)] {
        let pools = Pool.allCases.map { ($0.rawValue, store(of: $0.rawValue, $0.purposes)) }
        let seal = store(of: "seal", [.seal])
        let outbox = store(of: "outbox", OutboxProcess.purposes)
        return pools + [("seal", seal), ("outbox", outbox)].filter { Directories.exists($0.1.directory) }
    }

    private func store(of owner: String, _ purposes: [KeyStore.Purpose]) -> KeyStore {
        KeyStore(of: purposes, directory: "\(folder)/\(owner)/keys", name: "GARITA_POOLS: \(owner)")
    }
}
