package import Web

/// One field of a form as a person meets it: what it is called, how it is filled in, what stands in it.
///
/// It knows nothing of where the value comes from or goes to. ``FieldInput`` draws it.
package struct FormField: Sendable {
    /// Its name in what the form sends.
    package let name: String
    /// What a person reads beside it.
    package let label: Text
    /// How it is filled in.
    package let control: Control
    /// What stands in it; of several boxes the values that are ticked; of a password it is never given back.
    package var values: [String]
    /// What to know before one fills it in.
    package var hint: Text?
    /// Whether a browser asks for it before it sends.
    package var isRequired: Bool
    /// Whether the label says that it may be left blank.
    package var isMarkedOptional = false
    /// Whether one begins to type here.
    package var hasFocus = false
    /// What makes its identifier another one than its name, where a page has two fields of a name.
    package var idPrefix = ""

    /// - Parameters:
    ///   - name: in what the form sends.
    ///   - values: what stands in it first.
    ///   - required: whether a browser asks for it before it sends.
    package init(
        _ name: String, _ label: Text, _ control: Control = .text(), _ values: [String] = [], hint: Text? = nil,
        required: Bool = true
    ) {
        self.name = name
        self.label = label
        self.control = control
        self.values = values
        self.hint = hint
        isRequired = required
    }

    /// The first of ``values``, or nothing.
    package var value: String { values.first ?? "" }

    /// What links and labels call it.
    package var id: String { idPrefix + name }

    /// How a value is filled in.
    package enum Control: Sendable {
        /// One line.
        case input(Line)
        /// Several lines.
        case lines
        /// Yes or no; `false` is sent where it is not ticked.
        case box
        /// One of some.
        ///
        /// - Parameter blank: what stands for none of them; nil where one must be chosen.
        case choice([FormOption], blank: String?)
        /// Any of some; a blank value is sent besides, so that none can be told from not asked.
        case boxes([FormOption])
        /// A record of a long table, by its name.
        case record(RecordPicker)
        /// A file.
        ///
        /// - Parameters:
        ///   - accept: media types and endings, as HTML writes them.
        ///   - removal: what takes away the file there is; nil without one.
        case file(accept: String, removal: Text?)

        /// A line of text.
        ///
        /// - Parameters:
        ///   - maximum: in characters, as the browser counts them.
        ///   - autocomplete: what the browser's memory may fill in (HTML, "Autofill").
        ///   - verbatim: a name to be typed as it is, which no keyboard should improve.
        package static func text(
            maximum: Int? = nil, autocomplete: String = "off", verbatim: Bool = false
        ) -> Control {
            .input(Line(type: "text", autocomplete: autocomplete, maximum: maximum, isVerbatim: verbatim))
        }

        /// A password, which no answer repeats.
        package static func password(autocomplete: String) -> Control {
            .input(Line(type: "password", autocomplete: autocomplete))
        }

        /// Digits or letters to be copied from somewhere.
        package static func code(autocomplete: String = "off") -> Control {
            .input(Line(type: "text", autocomplete: autocomplete, look: "code", isVerbatim: true))
        }

        /// Words to look for.
        package static let search = Control.input(Line(type: "search"))
        /// A whole number.
        package static let number = Control.input(Line(type: "text", look: "number", inputMode: "numeric"))
        /// A number with a decimal point.
        package static let decimal = Control.input(Line(type: "text", inputMode: "decimal"))
        /// A day, `2026-12-24`.
        package static let date = Control.input(Line(type: "date"))
        /// A time of a day, `18:30`.
        package static let time = Control.input(Line(type: "time"))
        /// Day and time, `2026-12-24T18:30:00`.
        package static let moment = Control.input(Line(type: "datetime-local", step: "1"))
        /// An e-mail address.
        package static let email = Control.input(Line(type: "email"))

        /// A telephone number.
        ///
        /// - Parameter maximum: in characters.
        package static func phone(maximum: Int) -> Control { .input(Line(type: "tel", maximum: maximum)) }
    }

    /// The attributes of an `input` of one line (HTML, "The input element").
    package struct Line: Sendable {
        let type: String
        var autocomplete = "off"
        /// Its class in the stylesheet.
        var look: String?
        /// The keyboard of a phone.
        var inputMode: String?
        var maximum: Int?
        var step: String?
        var isVerbatim = false

        var isSecret: Bool { type == "password" }
    }
}

/// One of the values that a field offers.
package struct FormOption: Sendable {
    /// What is sent where it is chosen.
    package let value: String
    let label: Text

    /// - Parameter label: what a person reads.
    package init(_ value: String, _ label: Text) {
        self.value = value
        self.label = label
    }

    /// A value with the name of a record, which is the same in both languages.
    package init(_ value: String, named name: String) {
        self.init(value, Text(name, es: name))
    }
}

/// A record of a long table: its number is hidden, its name is typed.
///
/// With scripts the name is completed while one types; without them the server looks it up when the form is sent, and
/// offers those it may mean.
package struct RecordPicker: Sendable {
    /// The name of the record in the field now.
    let name: String
    /// What was typed, where that is something else.
    let typed: String
    /// Where names are completed; nil for nowhere.
    let completionPath: String?
    /// Records that what was typed may mean.
    let candidates: [FormOption]

    /// - Parameters:
    ///   - name: of the record in the field now; empty for none.
    ///   - typed: what was typed in its place.
    ///   - completionPath: answers names while one types, as JSON.
    ///   - candidates: records that what was typed may mean.
    package init(name: String, typed: String = "", completionPath: String?, candidates: [FormOption] = []) {
        self.name = name
        self.typed = typed
        self.completionPath = completionPath
        self.candidates = candidates
    }
}
