import Web

/// What a legacy import prints: a line for each row that is not taken or not taken as it was, and at the end the counts.
struct LegacyImportReport {
    /// What became of the rows of one table.
    private struct Count {
        let table: LegacyTable
        /// How many the legacy system holds.
        let found: Int64
        /// How many came to each outcome that `garita.import_rows` knows.
        var outcomes: [String: Int64] = [:]
    }

    let language: Language
    private let progress: Progress
    private var counts: [Count] = []
    private var leftOver: [String: Int64] = [:]
    private var others: [LegacyContent] = []

    /// How many rows were not taken.
    var refused: Int64 { counts.reduce(0) { $0 + ($1.outcomes["refused"] ?? 0) } }
    /// How many log rows are new.
    var newLogs: Int64 {
        counts.filter { $0.table.model == "accesslog" }
            .reduce(0) { $0 + ($1.outcomes["new"] ?? 0) + ($1.outcomes["renumbered"] ?? 0) }
    }

    init(_ contents: [LegacyContent], _ language: Language) {
        self.language = language
        others = contents.filter { $0.model == nil }
        progress = Progress(of: contents.reduce(0) { $0 + ($1.model == nil ? 0 : $1.count) }, .rows, language)
        counts = LegacyTable.all.map { table in
            Count(table: table, found: contents.first { $0.model == table.model }?.count ?? 0)
        }
    }

    /// Counts one row, and prints a line for everything that is to be said of it.
    mutating func tell(_ id: Int64, of table: LegacyTable, _ outcome: String, _ notes: [LegacyImportNote]) {
        count(outcome, of: table)
        guard outcome != "same" else { return }
        let word =
            outcome == "refused"
            ? Text("not taken", es: "no se tomó") : Text("taken with a change", es: "se tomó con un cambio")
        for note in notes { say("\(word(language)): \(table.name(language)) \(id): \(note.text(language))") }
    }

    /// Counts a row that is not taken because it has no number, and prints why.
    /// - Parameter place: which row of the source it is.
    mutating func refuse(row place: Int64, of table: LegacyTable, _ note: LegacyImportNote) {
        count("refused", of: table)
        let words = Text("not taken: \(table.name.english), row", es: "no se tomó: \(table.name.spanish), registro")
        say("\(words(language)) \(place): \(note.text(language))")
    }

    private mutating func count(_ outcome: String, of table: LegacyTable) {
        guard let place = counts.firstIndex(where: { $0.table.model == table.model }) else { return }
        counts[place].outcomes[outcome, default: 0] += 1
    }

    /// Prints what is to be said of a row that is taken.
    func remark(_ id: Int64, of table: LegacyTable, _ note: LegacyImportNote) {
        let words = Text("taken with a change", es: "se tomó con un cambio")(language)
        say("\(words): \(table.name(language)) \(id): \(note.text(language))")
    }

    /// Remembers fields that hold something and have no place here.
    mutating func leave(_ fields: [String], of table: LegacyTable) {
        for field in fields { leftOver["\(table.name(language)).\(field)", default: 0] += 1 }
    }

    /// Shows how far the import is, where somebody looks on.
    func showProgress() {
        progress.show(counts.reduce(0) { $0 + $1.outcomes.values.reduce(0, +) })
    }

    /// Takes away what ``showProgress()`` shows.
    func hideProgress() { progress.hide() }

    /// Prints a line where the progress stood.
    private func say(_ line: String) {
        progress.hide()
        print(line)
    }

    private func rows(_ count: Int64) -> String {
        Text(counted(count, "row"), es: counted(count, "registro"))(language)
    }

    /// Prints everything that was counted.
    func finish(isDry: Bool) {
        for (field, count) in leftOver.sorted(by: { $0.key < $1.key }) {
            let words = Text("field not taken", es: "campo que no se toma")(language)
            print("\(words): \(field): \(rows(count))")
        }
        for other in others {
            let words = Text("table not taken", es: "tabla que no se toma")(language)
            print("\(words): \(other.name): \(rows(other.count))")
        }
        let head = Text(
            "legacy  new  changed  same  not taken", es: "anteriores  nuevos  cambiados  iguales  no se toman")
        print("\n\(head(language))")
        for count in counts {
            let new = (count.outcomes["new"] ?? 0) + (count.outcomes["renumbered"] ?? 0)
            let numbers = [
                count.found, new, count.outcomes["changed"] ?? 0, count.outcomes["same"] ?? 0,
                count.outcomes["refused"] ?? 0,
            ]
            print("\(numbers.map(String.init).joined(separator: "  "))  \(count.table.name(language))")
        }
        if isDry {
            print(Text("Dry run: nothing was changed.", es: "Ensayo: no se cambió nada.")(language))
        }
    }
}
