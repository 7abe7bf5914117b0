import Glibc

/// A system call that failed.
package struct OperatingSystemError: Error, Equatable, CustomStringConvertible {
    /// What was attempted, in words: "open", "accept a connection".
    package let operation: String
    /// The file it was attempted on, if any.
    package let path: String?
    /// The `errno` value.
    package let code: Int32

    package init(_ operation: String, path: String? = nil, code: Int32 = errno) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// Whether there was nothing of that name.
    package var isMissingFile: Bool { code == ENOENT }

    /// A disk or a quota is full.
    package var isLackOfRoom: Bool { code == ENOSPC || code == EDQUOT }

    /// For the log and for people at a terminal; never shown to a client of the API.
    package var description: String {
        let place = path.map { " \($0)" } ?? ""
        return "cannot \(operation)\(place): \(String(cString: strerror(code)))"
    }
}
