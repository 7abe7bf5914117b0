package import Web

/// One thing that a driver must be told of a door.
package struct DoorSetting: Sendable {
    /// What kind of value it is; every value is stored as text.
    package enum Kind: Sendable {
        /// One line, at most so many characters.
        case text(maximum: Int)
        /// Several lines, at most so many characters.
        case lines(maximum: Int)
        case integer(ClosedRange<Int64>)
        /// `yes` or `no`.
        case flag
        /// One of several, with what people read.
        case choice([(value: String, label: Text)])
        /// http or https, without user or password.
        case url
        /// An IP address.
        case address
        /// Never shown again.
        case secret(maximum: Int)
    }

    /// As it is stored.
    package let name: String
    package let kind: Kind
    package let label: Text
    /// What helps whoever fills it in; empty where the label says all.
    package let hint: Text
    package let isRequired: Bool
    /// What holds where nothing is said; nil for nothing.
    package let standard: String?

    package init(
        _ name: String, _ kind: Kind, _ label: Text, hint: Text = Text("", es: ""), isRequired: Bool = false,
        standard: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.label = label
        self.hint = hint
        self.isRequired = isRequired
        self.standard = standard
    }

    /// Whether it is sealed and never shown again.
    package var isSecret: Bool { if case .secret = kind { true } else { false } }
}
