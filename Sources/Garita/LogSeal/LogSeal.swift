import Cryptography
import PostgreSQL

/// One sealed batch of the access log, as the database keeps it.
struct LogSeal {
    let number: Int64
    /// Microseconds since 1970.
    let madeAt: Int64
    let rows: Int64
    let idsUntil: Int64
    let root: [UInt8]
    let chain: [UInt8]
    let keyGeneration: Int
    let signature: [UInt8]

    /// The value before the first one of the chain: 32 zero bytes.
    static let beginning = [UInt8](repeating: 0, count: 32)

    /// Reads a row of ``columns``.
    init(_ row: Row) throws {
        number = try row.integer(0)
        madeAt = try row.integer(1)
        rows = try row.integer(2)
        idsUntil = try row.integer(3)
        root = try row.bytes(4)
        chain = try row.bytes(5)
        keyGeneration = Int(clamping: try row.integer(6))
        signature = try row.bytes(7)
    }

    static let columns = """
        s.number, (extract(epoch from s.made_at) * 1000000)::bigint, s.rows, s.ids_until, s.root, s.chain,
        s.key_version, s.signature
        """

    /// The hash that links a seal to the one before: SHA-256 of both, 32 bytes.
    static func chain(after previous: [UInt8], number: Int64, rows: Int64, madeAt: Int64, root: [UInt8]) -> [UInt8] {
        Checksum.sha256Bytes(previous + bytes(number) + bytes(rows) + bytes(madeAt) + root)
    }

    private static func bytes(_ number: Int64) -> [UInt8] {
        (0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    /// One line of the witness's file, which is kept on another machine, so that a log cut short is noticed as well.
    var witnessLine: String {
        """
        {"seal":\(number),"rows":\(rows),"made_at_us":\(madeAt),"chain":"\(Hexadecimal.encode(chain))",\
        "key":\(keyGeneration),"signature":"\(Hexadecimal.encode(signature))"}
        """
    }
}
