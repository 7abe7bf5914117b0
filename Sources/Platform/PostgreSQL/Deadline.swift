import OperatingSystem

/// What a process does besides waiting when an answer of the database is late.
package struct Meanwhile {
    /// How long the answer may take before, in milliseconds.
    let patience: Int64
    let descriptors: () -> [Int32]
    let serve: (Int32) -> Void

    /// - Parameters:
    ///   - patience: how long an answer may take before, in milliseconds.
    ///   - descriptors: what to watch besides the database.
    ///   - serve: called with one of those that can be read; it must not ask the database.
    package init(after patience: Int64, watching descriptors: @escaping () -> [Int32], serve: @escaping (Int32) -> Void)
    {
        self.patience = patience
        self.descriptors = descriptors
        self.serve = serve
    }
}

/// The moment by which one call must be over; nil for never.
struct Deadline {
    private let start: Int64
    private let end: Int64?
    private let meanwhile: Meanwhile?

    init(milliseconds: Int?, meanwhile: Meanwhile? = nil) {
        start = Time.monotonicMilliseconds()
        end = milliseconds.map { [start] in start + Int64($0) }
        self.meanwhile = meanwhile
    }

    /// Waits for the descriptor, at most until the deadline.
    func wait(for descriptor: Int32, _ interest: Poll.Interest) throws(DatabaseError) {
        guard let meanwhile, let end else {
            guard Poll.until(descriptor, is: interest, milliseconds: left(until: end)) else { throw .timeout }
            return
        }
        let patience = min(end, start + meanwhile.patience)
        if Poll.until(descriptor, is: interest, milliseconds: left(until: patience)) { return }
        while let left = left(until: end), left > 0 {
            let others = meanwhile.descriptors()
            switch Poll.first(descriptor, is: interest, orReadable: others, milliseconds: left) {
            case descriptor: return
            case let other?: meanwhile.serve(other)
            case nil: break
            }
        }
        throw .timeout
    }

    private func left(until moment: Int64?) -> Int64? {
        moment.map { max(0, $0 - Time.monotonicMilliseconds()) }
    }
}
