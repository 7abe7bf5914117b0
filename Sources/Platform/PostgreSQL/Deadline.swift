import OperatingSystem

/// The moment by which one call must be over; nil for never.
struct Deadline {
    private let end: Int64?

    init(milliseconds: Int?) {
        end = milliseconds.map { Time.monotonicMilliseconds() + Int64($0) }
    }

    /// Waits for the descriptor, at most until the deadline.
    func wait(for descriptor: Int32, _ interest: Poll.Interest) throws(DatabaseError) {
        let left = end.map { max(0, $0 - Time.monotonicMilliseconds()) }
        guard Poll.until(descriptor, is: interest, milliseconds: left) else { throw .timeout }
    }
}
