/// Something that `garita check` can find: docs/checks.md has a row for each.
struct Check: Sendable {
    /// As in Django, the first letter of an id tells.
    enum Severity: Character, CaseIterable, Comparable {
        case info = "I"
        case warning = "W"
        case error = "E"

        /// As people write it.
        var word: String { "\(self)" }

        static func < (one: Severity, other: Severity) -> Bool { one.rank < other.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// Stable: never given to anything else, also when the check is gone.
    let id: String
    /// What was found, in general.
    let meaning: String
    /// What to do about it, in general.
    let cure: String
    /// How the command ends when this is the gravest that it found.
    let exitCode: Int32

    init(_ id: String, _ meaning: String, cure: String, exitCode: Int32 = 78) {
        self.id = "garita.\(id)"
        self.meaning = meaning
        self.cure = cure
        self.exitCode = exitCode
    }

    var severity: Severity { id.dropFirst(7).first.flatMap(Severity.init) ?? .error }
}

/// What one check found.
struct Finding {
    let check: Check
    /// What it is about, by name and never by value.
    let text: String

    init(_ check: Check, _ text: String) {
        self.check = check
        self.text = text
    }

    var line: String { "\(check.id): \(text)" }
}
