/// Which way somebody wants to pass a gate.
package enum Direction: String, Sendable, CaseIterable {
    case entry = "ENTRY"
    case exit = "EXIT"
}
