import Crypto

/// The root over a list of leaves: one digest that stands for all of them and their order.
///
/// Leaves and inner nodes are hashed with different first bytes, so that no node passes for a leaf (RFC 9162, 2.1.1).
package enum MerkleTree {
    /// 32 bytes; of no leaves, the digest of nothing.
    package static func root(of leaves: [[UInt8]]) -> [UInt8] {
        guard !leaves.isEmpty else { return Array(SHA256.hash(data: [UInt8]())) }
        // A lone node at the end of a level moves up as it is, which is the split at the largest power of two.
        var level = leaves.map { Array(SHA256.hash(data: [0] + $0)) }
        while level.count > 1 {
            level = stride(from: 0, to: level.count, by: 2).map { index in
                index + 1 < level.count
                    ? Array(SHA256.hash(data: [1] + level[index] + level[index + 1])) : level[index]
            }
        }
        return level[0]
    }
}
