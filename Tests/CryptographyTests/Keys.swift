import Cryptography

/// The bytes 1 to 32: known, so that other programs can compute what is expected here.
func knownSecret() throws -> Secret {
    try Secret(hexadecimal: "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20")
}

/// SplitMix64: the same numbers in each run, so that a statistical test cannot fail by bad luck.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
