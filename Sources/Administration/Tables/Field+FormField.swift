import Pages
import Resource
import Web

extension FormField {
    /// A declared field as a form shows it.
    ///
    /// - Parameters:
    ///   - values: what was typed, or what the record holds.
    ///   - isNew: of a record that is being made.
    ///   - options: the records it may lead to, where they are few enough for one control.
    ///   - title: the name of the record that it leads to now.
    ///   - words: what is offered for a text.
    init(
        _ field: Field, _ values: FormValues, isNew: Bool, options: [Choice]? = nil, title: String = "",
        words: [String]? = nil
    ) {
        let value = values.text(field, isNew: isNew)
        self.init(
            field.name, field.label,
            words.map { Self.choice(field, value, $0.map { FormOption($0, named: $0) }, isOptional: false) }
                ?? Self.control(field, value, values, isNew: isNew, options, title), [value],
            hint: Self.hint(field, isNew: isNew, options),
            required: field.isRequired && field.kind != .boolean && (isNew || !field.isHidden))
        switch field.kind {
        case .references: self.values = values.numbers(field.name).map(String.init)
        case .words: self.values = values.words(field.name)
        case .integer where !field.flags.isEmpty: self.values = Self.ticked(value, of: field.flags.count)
        default: isMarkedOptional = !isRequired && field.kind != .boolean && (field.isNullable || field.kind.isText)
        }
    }

    private static func control(
        _ field: Field, _ value: String, _ values: FormValues, isNew: Bool, _ options: [Choice]?, _ title: String
    ) -> Control {
        switch field.kind {
        case .boolean: .box
        case .text(let maximum) where maximum ?? .max > 300: .lines
        case .text(let maximum): .text(maximum: maximum)
        case .email: .email
        case .phone(let maximum): .phone(maximum: maximum)
        case .date: .date
        // A browser's own control for times knows no 24:00.
        case .time(let throughMidnight): throughMidnight ? .text() : .time
        case .timestamp: .moment
        case .integer where !field.flags.isEmpty:
            .boxes(field.flags.enumerated().map { FormOption(String(1 << $0.offset), $0.element) })
        case .integer: .number
        case .decimal: .decimal
        case .code: .code()
        case .choice(let words):
            choice(
                field, value, words.map { FormOption($0, field.label(of: $0)) },
                isOptional: !field.isRequired && values.isFresh || value.isEmpty && !values.isFresh)
        case .words(let words): .boxes(words.map { FormOption($0, field.label(of: $0)) })
        case .references: .boxes(offered(options ?? [], with: values.numbers(field.name)))
        case .reference: reference(field, value, values, options, title)
        case .photo:
            .file(accept: "image/jpeg,image/png,image/webp", removal: value.isEmpty || isNew ? nil : takeAway)
        case .texts, .json: .text()
        }
    }

    private static func reference(
        _ field: Field, _ value: String, _ values: FormValues, _ options: [Choice]?, _ title: String
    ) -> Control {
        if let options {
            let offered = options.map { FormOption(String($0.id), named: $0.title) }
            return choice(
                field, value, offered, isOptional: !field.isRequired || value.isEmpty && !values.isFresh)
        }
        return .record(
            RecordPicker(
                name: title, typed: values.chosen(field.name),
                completionPath: Table.of(field.target).map { "\($0.path)pick/" },
                candidates: (values.found[field.name] ?? []).map { FormOption(String($0.id), named: $0.title) }))
    }

    /// What stands in it and is not offered stays until another is chosen.
    private static func choice(
        _ field: Field, _ value: String, _ options: [FormOption], isOptional: Bool
    ) -> Control {
        let isOffered = value.isEmpty || options.contains { $0.value == value }
        return .choice(
            isOffered
                ? options : options + [FormOption(value, named: value.allSatisfy(\.isNumber) ? "#\(value)" : value)],
            blank: isOptional && !options.contains { $0.value.isEmpty } ? "–" : nil)
    }

    /// Those that are ticked and not among the options come last.
    private static func offered(_ options: [Choice], with chosen: [Int64]) -> [FormOption] {
        let others = chosen.filter { number in !options.contains { $0.id == number } }.map(Choice.init(nameless:))
        return (options + others).map { FormOption(String($0.id), named: $0.title) }
    }

    private static func ticked(_ value: String, of count: Int) -> [String] {
        let sum = WholeNumber.read(value, in: Field.flagSums) ?? 0
        return (0..<count).map { 1 << $0 }.filter { sum & Int64($0) != 0 }.map(String.init)
    }

    private static func hint(_ field: Field, isNew: Bool, _ options: [Choice]?) -> Text? {
        if !isNew, field.isHidden { return keeps }
        guard let options, options.count >= Table.maximumOptions else { return field.hint }
        return Text(
            [field.hint?.english, some.english].compactMap(\.self).joined(separator: " "),
            es: [field.hint?.spanish, some.spanish].compactMap(\.self).joined(separator: " "))
    }

    private static let some = Text(
        "The first \(Table.maximumOptions) and those already selected are listed.",
        es: "Se muestran los primeros \(Table.maximumOptions) y los ya seleccionados.")
    private static let keeps = Text(
        "It is never shown. Leave it blank to keep it.",
        es: "Nunca se muestra. Déjelo en blanco para conservarlo.")
    private static let takeAway = Text("Remove photo", es: "Quitar fotografía")
}
