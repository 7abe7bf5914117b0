/// One setting of the process: all that loading, `garita config` and docs/configuration.md say about it.
struct Setting: Sendable {
    /// How the text of a value is read; the rules are those of python-decouple (see `SettingText`).
    enum Kind: String {
        /// As it stands.
        case text
        /// A file or a folder.
        case path
        /// A word for true or false; empty is false.
        case bool
        /// Elements between commas.
        case list
        /// A whole number that is not negative.
        case number
    }

    let name: String
    let kind: Kind
    /// Whether its value is never shown; then `<name>_FILE` may name a file that holds it.
    let isSecret: Bool
    /// The value where none is given; nil for none.
    let fallback: String?
    /// Who reads it, for documents.
    let readBy: String
    /// What it means, in one line, for documents.
    let meaning: String
    /// What is wrong with a text that its kind allows, without naming any of it; nil when nothing is.
    let fault: @Sendable (String) -> String?

    init(
        _ name: String, _ kind: Kind, isSecret: Bool = false, fallback: String? = nil, readBy: String,
        _ meaning: String, fault: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.name = name
        self.kind = kind
        self.isSecret = isSecret
        self.fallback = fallback
        self.readBy = readBy
        self.meaning = meaning
        self.fault = fault
    }

    /// The setting that names a file with the value of this one.
    var fileName: String { name + "_FILE" }
}
