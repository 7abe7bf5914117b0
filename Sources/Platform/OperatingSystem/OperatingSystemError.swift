import Glibc

/// A system call that failed.
package struct OperatingSystemError: Error, Equatable, CustomStringConvertible {
    /// What was attempted, in words: "open", "accept a connection".
    package let operation: String
    /// The file it was attempted on, if any.
    package let path: String?
    /// The `errno` value.
    package let code: Int32

    /// - Parameters:
    ///   - operation: completes the sentence "cannot …".
    ///   - code: by default that of the call that has just failed.
    package init(_ operation: String, path: String? = nil, code: Int32 = errno) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// Whether no file has that name (`ENOENT`).
    package var isMissingFile: Bool { code == ENOENT }

    /// Whether a file has that name already (`EEXIST`).
    package var isExistingFile: Bool { code == EEXIST }

    /// Whether a disk or a quota is full (`ENOSPC`, `EDQUOT`).
    package var isLackOfRoom: Bool { code == ENOSPC || code == EDQUOT }

    /// For the log and for people at a terminal; never shown to a client of the API.
    package var description: String {
        let place = path.map { " \($0)" } ?? ""
        return "cannot \(operation)\(place): \(String(cString: strerror(code)))"
    }
}
