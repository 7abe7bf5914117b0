import CFastCGI
import Glibc

/// How a worker depends on the process that started it.
package enum Supervision {
    /// Asks the kernel to send TERM to this process when its parent ends, however it ends.
    ///
    /// Optional: useful in development, where a killed supervisor would leave its workers behind.
    package static func endWithParent() {
        _ = garita_die_with_parent(SIGTERM)
    }
}
