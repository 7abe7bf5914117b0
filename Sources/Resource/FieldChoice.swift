package import Web

/// One value that a field may have, and what people call it.
///
/// Declared once with the field: lists, filters, forms, histories, reports, searches, files and `OPTIONS` take it from there.
package struct FieldChoice: Sendable {
    /// What a value says of its row, as a colour beside the word.
    package enum Tone: Sendable {
        case good, bad, neutral
    }

    /// As it stands in the table and on the wire.
    package let value: String
    /// What a person reads.
    package let label: Text
    /// What `OPTIONS` of the legacy API says.
    package let legacyLabel: Text
    /// The colour of its word.
    package let tone: Tone

    /// - Parameter legacy: the legacy API's word, where people use another; its clients may show it.
    package init(_ value: String, _ label: Text, legacy: Text? = nil, tone: Tone = .neutral) {
        self.value = value
        self.label = label
        legacyLabel = legacy ?? label
        self.tone = tone
    }

    /// Whatever a person may write for it, in either language.
    package var words: [String] {
        [value] + [label, legacyLabel].flatMap { [$0.english, $0.spanish] }
    }
}

extension Field {
    /// The choice of that value; nil for one that is not declared.
    package func choice(_ value: String) -> FieldChoice? { choices.first { $0.value == value } }

    /// What a person calls the value of a member of an object: the choice `name=value`, or else as it stands.
    package func label(of value: String, named name: String) -> Text {
        choice("\(name)=\(value)")?.label ?? Text(value, es: value)
    }

    /// What a person calls a value, in both languages.
    package func label(of value: String) -> Text { choice(value)?.label ?? Text(value, es: value) }
}
