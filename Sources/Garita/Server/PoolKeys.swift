import OperatingSystem

/// The pools' own copies of the keys: in `<GARITA_POOLS>/<pool>/keys` those that the pool's requests need, no others.
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
        for pool in Pool.allCases {
            do { try store(of: pool).follow(source) } catch let error as Configuration.Problems {
                problems += error.list.filter { !problems.contains($0) }
            } catch {
                problems.append("GARITA_POOLS: \(pool.rawValue): \(error)")
            }
        }
        guard problems.isEmpty else { throw Configuration.Problems(list: problems) }
    }

    /// Pools whose keys are not the operator's, or are open to others.
    func problems() throws -> [String] {
        try Pool.allCases.flatMap { pool -> [String] in
            let store = store(of: pool)
            guard let isCurrent = try? store.isCopy(of: source) else {
                return ["GARITA_POOLS: \(pool.rawValue) has no folder of keys"]
            }
            let stale = ["GARITA_POOLS: the keys of \(pool.rawValue) are not the present ones; `garita keys init`"]
            return isCurrent ? try store.problems() : stale
        }
    }

    private func store(of pool: Pool) -> KeyStore {
        let place = "\(folder)/\(pool.rawValue)/keys"
        return KeyStore(of: pool, directory: place, name: "GARITA_POOLS: \(pool.rawValue)")
    }
}
