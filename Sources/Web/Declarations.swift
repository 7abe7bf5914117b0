/// What is declared in the sources and joined at the start, where a fault of ours shows.
package enum Declarations {
    /// Ends the process at its start when there is one, with all of them told.
    package static func require(_ faults: [String]) {
        if !faults.isEmpty { fatalError("The declarations do not fit together:\n" + faults.joined(separator: "\n")) }
    }
}
