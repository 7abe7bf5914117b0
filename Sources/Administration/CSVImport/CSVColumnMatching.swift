import Resource
import Web

/// Finds what the columns of a file are, the surest first; two columns are never the same field.
struct CSVColumnMatching {
    /// What a column is.
    enum Meaning: Equatable {
        case field(Field)
        /// The numbers of rows.
        case number
        /// A field that nobody writes.
        case computed
        /// Somebody has decided that it is not imported.
        case left
        case unknown
        /// It has no name.
        case nameless

        var field: Field? { if case .field(let field) = self { field } else { nil } }

        static func == (one: Meaning, other: Meaning) -> Bool {
            switch (one, other) {
            case (.field(let one), .field(let other)): one.name == other.name
            case (.number, .number), (.computed, .computed), (.left, .left), (.unknown, .unknown),
                (.nameless, .nameless):
                true
            default: false
            }
        }
    }

    private let table: Table
    private let headings: [CSVHeading]
    private(set) var meanings: [Meaning]
    private var taken: Set<String> = []

    /// What was decided before holds; but a file that has the names of the API throughout is one of ours, and means them.
    init(_ table: Table, _ headings: [CSVHeading], _ settings: CSVImportSettings) {
        self.table = table
        self.headings = headings
        meanings = headings.map { $0.key.isEmpty ? .nameless : .unknown }
        let fields = table.importColumns
        let own = Set(table.resource.fields.map(\.name))
        let isOurs = headings.allSatisfy { own.contains($0.name) }
        for (index, heading) in headings.enumerated() where !isOurs {
            guard let name = settings.chosen[heading.key] else { continue }
            guard !name.isEmpty else {
                meanings[index] = .left
                continue
            }
            if let field = fields.first(where: { $0.name == name }), taken.insert(name).inserted {
                meanings[index] = .field(field)
            }
        }
    }

    /// By the names of the API and what pages call them; the names of the API win over what people say.
    ///
    /// - Throws: 400 when two columns are the same.
    mutating func matchNames() throws(HTTPError) {
        let known = Self.index(table.importColumns)
        let others = Self.index(table.resource.fields)
        let decided = taken
        for (index, heading) in headings.enumerated() where meanings[index] == .unknown {
            if heading.name.folded == "id" {
                guard !meanings.contains(.number) else { throw Self.twice(heading.name) }
                meanings[index] = .number
            } else if let field = known[heading.name.heading] {
                if decided.contains(field.name) { continue }
                guard taken.insert(field.name).inserted else { throw Self.twice(heading.name) }
                meanings[index] = .field(field)
            } else if others[heading.name.heading] != nil {
                meanings[index] = .computed
            }
        }
    }

    /// By what else people write; of a field that has its column no second one.
    mutating func matchSynonyms() {
        var words: [String: Field] = [:]
        for field in table.importColumns {
            for word in field.synonyms { words[word.heading] = words[word.heading] ?? field }
        }
        for (index, heading) in headings.enumerated() where meanings[index] == .unknown {
            guard let field = words[heading.key], taken.insert(field.name).inserted else { continue }
            meanings[index] = .field(field)
        }
    }

    private static func index(_ fields: [Field]) -> [String: Field] {
        let labels = fields.flatMap { field in
            [field.label.english, field.label.spanish].map { ($0.heading, field) }
        }
        return Dictionary(fields.map { ($0.name.heading, $0) } + labels, uniquingKeysWith: { first, _ in first })
    }

    private static func twice(_ name: String) -> HTTPError {
        .invalid([FieldError("file", .twoColumns(String(name.prefix(60))))])
    }
}

extension CSVColumnMatching.Meaning {
    /// Why it is not imported; nil where it is, or where there is nothing.
    var reason: Text? {
        switch self {
        case .field, .number, .nameless: nil
        case .computed: Text("cannot be written", es: "no se puede escribir")
        case .left: Text("not imported, as you chose", es: "no se importa, como usted eligió")
        case .unknown: Text("not recognized", es: "no se reconoce")
        }
    }
}

extension Text {
    /// - Parameter name: as a person reads it.
    static func twoColumns(_ name: String) -> Text {
        Text("Two columns are “\(name)”: keep only one.", es: "Hay dos columnas «\(name)»: deje solo una.")
    }
}
