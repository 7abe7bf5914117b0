import Cryptography
package import JSON

/// What a field holds, and how text or JSON of a client becomes it.
///
/// The rules and words are those of the legacy API's serializer fields (docs/contract.md, "Formats"): numbers pass for
/// text, `"07"` and `7.0` for an integer, `"yes"` for true; of texts that look alike one is meant (`plain`).
package enum FieldKind: Sendable, Equatable {
    /// Characters, at most so many Unicode scalars; nil is unlimited.
    case text(maximum: Int?)
    case email
    /// Digits after blanks, hyphens, dots and brackets are taken away: 10 to 15, an optional plus in front.
    case phone(maximum: Int)
    case integer(ClosedRange<Int64>)
    /// Fixed-point text such as `36.6`.
    case decimal
    case boolean
    case choice([String])
    /// `YYYY-MM-DD`.
    case date
    /// `HH:MM:SS`, a fraction of six digits if any; where something ends, `24:00:00` is the end of the day.
    case time(throughMidnight: Bool = false)
    /// ISO 8601; without a zone it is the site's local time.
    case timestamp
    /// The number of another table's row.
    case reference
    /// A file the product serves itself; an absolute URL or null.
    case photo
    /// Names in an order, from PostgreSQL's `text[]`.
    case texts
    /// An object of several values, from PostgreSQL's `jsonb`; nobody sets it.
    case json
    /// Numbers of rows of another table.
    case references
    /// Any of some words, in PostgreSQL's `text[]`.
    case words([String])
    /// A secret code: stored as a keyed tag and a sealed text, shown in clear only where the database hands out the seal.
    case code

    /// Longest name of a file that comes with a form; it is kept nowhere.
    package static let maximumFileName = 100

    /// A list, whose name an HTML form repeats.
    package var isList: Bool {
        switch self {
        case .references, .words: true
        default: false
        }
    }

    /// Blank is a value of it.
    package var isText: Bool {
        switch self {
        case .text, .email, .phone, .code: true
        case .choice(let words): words.contains("")
        default: false
        }
    }

    /// A telephone number.
    package var isPhone: Bool {
        if case .phone = self { true } else { false }
    }

    /// Whether only the country's numbering plan tells that this text is a phone.
    package func needsCountry(_ text: String) -> Bool { isPhone && !text.isEmpty && !PhoneText.isLong(text) }

    /// The value a client sent, or what is wrong with it.
    ///
    /// Only a photo is a file, and only a file is a photo.
    package func parse(_ value: FormValue) -> Result<FieldValue, FieldFault> {
        switch (self, value) {
        case (.photo, .file(let file)): Self.photo(file)
        case (.reference, .file): .failure(FieldFault(.wrongKeyType(value.typeName)))
        case (_, .file): parse(.array([]))
        case (_, .json(let json)): parse(json)
        }
    }

    /// The value of JSON or of text that stands in its place.
    package func parse(_ json: JSON) -> Result<FieldValue, FieldFault> {
        switch self {
        case .text(let maximum): Self.text(json, maximum: maximum)
        case .email: Self.text(json, maximum: 254, last: { FieldText.isEmail($0) ? nil : .notAnEmail })
        case .phone(let maximum):
            Self.text(
                json, maximum: maximum, isPhone: true,
                first: { PhoneText.isPhone($0) ? nil : .notAPhone($0) })
        case .integer(let range): Self.integer(json, range)
        case .decimal: Self.scalarText(json, fault: .notADecimal).matching(FieldText.isDecimal) { _ in .notADecimal }
        case .boolean: Self.boolean(json)
        case .choice(let choices): Self.choice(json, choices)
        case .date: Self.scalarText(json, fault: .notADate).read(Calendar.date, fault: .notADate)
        case .time(let throughMidnight):
            Self.scalarText(json, fault: .notATime).read(
                { throughMidnight && ["24:00", "24:00:00"].contains($0) ? $0 : Calendar.time($0) }, fault: .notATime)
        case .timestamp: Self.scalarText(json, fault: .notATimestamp).read(Calendar.timestamp, fault: .notATimestamp)
        case .reference: Self.reference(json)
        case .references: Self.references(json)
        case .words(let words): Self.words(json, words)
        case .code:
            Self.text(json, maximum: 100).matching({ $0.isEmpty || GateCode(reading: $0) != nil }, fault: Text.noCode)
        case .photo: .failure(FieldFault(.notAFile))
        case .texts, .json: .failure(FieldFault(.notAString))
        }
    }

    /// As the legacy API's form looks at it; the content is looked at when it is needed.
    private static func photo(_ file: UploadedFile) -> Result<FieldValue, FieldFault> {
        let length = file.name.unicodeScalars.count
        if file.bytes.isEmpty { return .failure(FieldFault(.emptyFile)) }
        if length > maximumFileName { return .failure(FieldFault(.fileNameTooLong(length, maximumFileName))) }
        return .success(.file(file))
    }

    /// Text as it looks (`plain`); all that is wrong with it is said, in the legacy API's order.
    private static func text(
        _ json: JSON, maximum: Int?, isPhone: Bool = false, first: (String) -> Text? = { _ in nil },
        last: (String) -> Text? = { _ in nil }
    ) -> Result<FieldValue, FieldFault> {
        guard let given = FieldText.lenient(json) else { return .failure(FieldFault(.notAString)) }
        let plain = given.plain
        let text = isPhone ? PhoneText.kept(plain, maximum: maximum) : plain
        guard !text.isEmpty else { return .success(.text("")) }
        let isTooLong = maximum.map { text.unicodeScalars.count > $0 } ?? false
        let faults = [
            first(plain), isTooLong ? maximum.map { .tooLong($0) } : nil,
            text.unicodeScalars.contains("\0") ? .nullCharacters : nil, last(text),
        ].compactMap { $0 }
        return faults.isEmpty ? .success(.text(text)) : .failure(FieldFault(faults))
    }

    private static func scalarText(_ json: JSON, fault: Text) -> Result<FieldValue, FieldFault> {
        guard let text = FieldText.lenient(json), !text.unicodeScalars.contains("\0") else {
            return .failure(FieldFault(fault))
        }
        let plain = text.plain.withPlainDigits
        return plain.isEmpty ? .failure(FieldFault(fault)) : .success(.text(plain))
    }

    private static func integer(_ json: JSON, _ range: ClosedRange<Int64>) -> Result<FieldValue, FieldFault> {
        if case .string(let text) = json, text.unicodeScalars.count > 1000 {
            return .failure(FieldFault(.stringTooLarge))
        }
        guard let number = FieldText.integer(json) else { return .failure(FieldFault(.notAnInteger)) }
        if number > range.upperBound { return .failure(FieldFault(.tooLarge(range.upperBound))) }
        if number < range.lowerBound { return .failure(FieldFault(.tooSmall(range.lowerBound))) }
        return .success(.integer(number))
    }

    private static func boolean(_ json: JSON) -> Result<FieldValue, FieldFault> {
        switch json {
        case .bool(let value): return .success(.boolean(value))
        case .string, .integer, .real:
            switch FieldText.lenient(json)?.plain.lowercased() {
            case "true", "t", "1", "1.0", "yes", "y", "on": return .success(.boolean(true))
            case "false", "f", "0", "0.0", "no", "n", "off": return .success(.boolean(false))
            default: return .failure(FieldFault(.notABoolean))
            }
        default: return .failure(FieldFault(.notABoolean))
        }
    }

    private static func choice(_ json: JSON, _ choices: [String]) -> Result<FieldValue, FieldFault> {
        let text = json.pythonText
        return choices.contains(text) ? .success(.text(text)) : .failure(FieldFault(.notAChoice(FieldText.echo(text))))
    }

    private static func references(_ json: JSON) -> Result<FieldValue, FieldFault> {
        guard let elements = json.elements else { return .failure(FieldFault(.notAList(json.typeName))) }
        var numbers: [Int64] = []
        var known: Set<Int64> = []
        for element in elements {
            switch reference(element) {
            case .success(.integer(let number)): if known.insert(number).inserted { numbers.append(number) }
            case .success: break
            case .failure(let fault): return .failure(fault)
            }
        }
        return .success(.integers(numbers))
    }

    /// In the order of the declaration, each once.
    private static func words(_ json: JSON, _ words: [String]) -> Result<FieldValue, FieldFault> {
        guard let elements = json.elements else { return .failure(FieldFault(.notAList(json.typeName))) }
        let given = elements.map(\.pythonText)
        if let other = given.first(where: { !words.contains($0) }) {
            return .failure(FieldFault(.notAChoice(FieldText.echo(other))))
        }
        return .success(.texts(words.filter(given.contains)))
    }

    private static func reference(_ json: JSON) -> Result<FieldValue, FieldFault> {
        // A fraction is cut off, as the legacy API's database layer does.
        let whole = if case .real(let number) = json { JSON.real(number.rounded(.towardZero)) } else { json }
        guard let id = FieldText.integer(whole) else { return .failure(FieldFault(.wrongKeyType(json.typeName))) }
        return .success(.integer(id))
    }
}

/// A value of a field, ready to travel to PostgreSQL.
package enum FieldValue: Sendable, Equatable {
    case null
    case text(String)
    case integer(Int64)
    case integers([Int64])
    case texts([String])
    case boolean(Bool)
    /// A photo as it arrived: to be looked at, re-encoded and stored before anything of it reaches the database.
    case file(UploadedFile)
}

/// What is wrong with a value.
package struct FieldFault: Error, Sendable, Equatable {
    /// At least one sentence.
    package let texts: [Text]

    /// One sentence.
    package init(_ text: Text) { texts = [text] }

    /// Several sentences; at least one.
    package init(_ texts: [Text]) { self.texts = texts }

    /// As errors of the field of that name.
    package func errors(of name: String) -> [FieldError] { texts.map { FieldError(name, $0) } }
}

extension Result where Success == FieldValue, Failure == FieldFault {
    /// The text as it goes on; the fault where it cannot be read.
    fileprivate func read(_ reading: (String) -> String?, fault: Text) -> Self {
        guard case .success(.text(let text)) = self else { return self }
        return reading(text).map { .success(.text($0)) } ?? .failure(FieldFault(fault))
    }

    /// Keeps text that passes the test; anything else becomes the fault.
    fileprivate func matching(_ test: (String) -> Bool, fault: (String) -> Text) -> Self {
        guard case .success(.text(let text)) = self, !test(text) else { return self }
        return .failure(FieldFault(fault(FieldText.echo(text))))
    }
}
