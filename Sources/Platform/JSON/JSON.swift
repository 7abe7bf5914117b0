/// One JSON value (RFC 8259), as it is read from a client and written to one.
///
/// An object keeps the order of its members, so that answers read the way the handler wrote them.
package enum JSON: Equatable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number without fraction and exponent, of at most 64 bits.
    case integer(Int64)
    /// Any other number.
    case real(Double)
    /// A text.
    case string(String)
    /// A list of values.
    case array([JSON])
    /// Named values in their order.
    case object([Member])

    /// One name and its value inside an object.
    package struct Member: Equatable, Sendable {
        /// The member's name; parsed names are unique in their object and free of NUL.
        package var name: String

        /// The member's value.
        package var value: JSON

        /// Pairs a name with its value.
        package init(name: String, value: JSON) {
            self.name = name
            self.value = value
        }
    }
}

extension JSON {
    /// The value of the member `name`; nil when there is none or this is no object.
    ///
    /// Absent is nil, present and null is `.null`: a partial update needs the difference.
    package subscript(_ name: String) -> JSON? {
        members?.first { $0.name == name }?.value
    }

    /// The members in their order; nil when this is no object.
    package var members: [Member]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The elements in their order; nil when this is no array.
    package var elements: [JSON]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The text, which may contain NUL; nil when this is no string.
    package var stringValue: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The number; nil unless it was written without fraction and exponent.
    package var integerValue: Int64? {
        if case .integer(let number) = self { number } else { nil }
    }

    /// The truth value; nil when this is neither `true` nor `false`.
    package var boolValue: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }
}
