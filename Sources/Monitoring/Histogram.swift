/// How long requests take, in buckets that are the same in every version: three to a power of ten.
package enum Histogram {
    /// The upper bounds, in microseconds; one more bucket holds what takes longer.
    package static let bounds: [Int64] = [
        1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000,
        10_000_000,
    ]

    /// The bucket of a time, in microseconds.
    static func bucket(_ microseconds: Int64) -> Int {
        bounds.firstIndex { microseconds <= $0 } ?? bounds.count
    }

    /// A bound as Prometheus writes it, in seconds.
    package static func seconds(_ microseconds: Int64) -> String { "\(Double(microseconds) / 1_000_000)" }
}
