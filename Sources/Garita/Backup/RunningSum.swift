import Cryptography

/// Size and SHA-256 of a file that is read in pieces.
struct RunningSum {
    private(set) var size: Int64 = 0
    private var checksum = RunningChecksum()

    mutating func add(_ piece: [UInt8]) {
        size += Int64(piece.count)
        checksum.add(piece)
    }

    var hexadecimal: String { checksum.hexadecimal }
}
