/// Why bytes are not JSON that we accept, and where.
///
/// The words are ours and never repeat the input, so `description` may go into an answer and into a log.
package struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong.
    package enum Reason: Equatable, Sendable {
        /// Longer than the caller takes.
        case tooLarge(maximumBytes: Int)
        /// More arrays and objects inside each other than the caller takes.
        case tooDeep(maximumDepth: Int)
        /// Bytes that are not UTF-8, or half of a surrogate pair.
        case notUTF8
        /// The text ends before the value does.
        case endedEarly
        /// A character that cannot stand here.
        case unexpectedToken
        /// More than white space after the value.
        case dataAfterEnd
        /// A number that no Double holds.
        case numberOutOfRange
        /// NUL in the name of a member.
        case nullCharacterInName
        /// Two members of one object with the same name.
        case duplicateName
        /// Memory ran out: ours, not the client's fault.
        case outOfMemory
    }

    /// What is wrong.
    package let reason: Reason

    /// Line of the place, the first is 1.
    package let line: Int

    /// Character in the line at which reading stopped, the first is 1; 0 when nothing of the line was read.
    package let column: Int

    /// The reason in English, with line and column.
    package var description: String { "\(reason.words): line \(line) column \(column)" }
}

extension JSONError.Reason {
    fileprivate var words: String {
        switch self {
        case .tooLarge(let bytes): "Larger than \(bytes) bytes"
        case .tooDeep(let depth): "Nested deeper than \(depth) levels"
        case .notUTF8: "Not valid UTF-8"
        case .endedEarly: "Unexpected end"
        case .unexpectedToken: "Unexpected character"
        case .dataAfterEnd: "Extra data after the value"
        case .numberOutOfRange: "Number out of range"
        case .nullCharacterInName: "Null characters are not allowed in names"
        case .duplicateName: "Duplicate name"
        case .outOfMemory: "Out of memory"
        }
    }
}
