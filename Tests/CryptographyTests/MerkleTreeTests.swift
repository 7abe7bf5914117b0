import Cryptography
import Testing

/// The vectors of the Certificate Transparency implementations (RFC 9162, 2.1.1), over their eight well-known leaves.
@Suite struct `A Merkle tree` {
    private static let leaves: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
        [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
        [0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
    ]

    @Test(arguments: [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ])
    func `has the root the standard gives it`(count: Int, root: String) {
        #expect(Hexadecimal.encode(MerkleTree.root(of: Array(Self.leaves.prefix(count)))) == root)
    }

    @Test func `has another root when the order changes`() {
        #expect(MerkleTree.root(of: Self.leaves) != MerkleTree.root(of: Self.leaves.reversed()))
    }
}

@Suite struct `A signing key` {
    @Test func `makes signatures that only its public key accepts`() throws {
        let secret = Secret.random()
        let key = try SigningKey(from: secret, label: "one")
        let other = try SigningKey(from: secret, label: "other")
        let signature = try key.signature(for: [1, 2, 3])
        #expect(SigningKey.isSignature(signature, for: [1, 2, 3], by: key.publicKey))
        #expect(!SigningKey.isSignature(signature, for: [1, 2, 4], by: key.publicKey))
        #expect(!SigningKey.isSignature(signature, for: [1, 2, 3], by: other.publicKey))
        #expect(!SigningKey.isSignature(signature, for: [1, 2, 3], by: [1, 2]))
    }
}
