import CPostgreSQL

/// What another session said by `notify`.
package struct Notification: Sendable {
    /// Where it was said.
    package let channel: String
    /// What was said.
    package let payload: String
}

extension Connection {
    /// What came from `notify` since the last call, on channels that are listened to.
    func notifications() -> [Notification] {
        var found: [Notification] = []
        // Source: libpq, "Asynchronous Notification": the result must be freed with PQfreemem.
        while let pointer = PQnotifies(handle) {
            defer { PQfreemem(pointer) }
            found.append(
                Notification(
                    channel: String(cString: pointer.pointee.relname), payload: String(cString: pointer.pointee.extra)))
        }
        return found
    }
}
