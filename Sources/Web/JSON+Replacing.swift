package import JSON

extension JSON {
    /// The object with one member's value changed; anything else stays as it is.
    package func replacing(_ name: String, with value: JSON) -> JSON {
        guard case .object(var members) = self else { return self }
        for index in members.indices where members[index].name == name { members[index].value = value }
        return .object(members)
    }
}
