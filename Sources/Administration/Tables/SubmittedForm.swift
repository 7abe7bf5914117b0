import JSON
import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// A form as it came back: names of rows looked up, what only the page knows taken out.
struct SubmittedForm {
    private static let maximumCandidates: Int64 = 10
    private(set) var form: Form
    private(set) var errors: [FieldError] = []
    private var found: [String: [Choice]] = [:]
    /// The row as it stands; nil for a new one.
    private var current: FormValues?
    /// As it is shown again.
    private let blank: RecordForm

    private var table: Table { blank.table }
    private var id: Int64? { blank.id }
    private var isNew: Bool { id == nil }

    /// - Parameter blank: the form that was sent, as it is before anybody fills it in.
    init(_ blank: RecordForm, _ form: Form) {
        self.blank = blank
        self.form = form
    }

    var values: FormValues {
        var values = FormValues(typed: form)
        values.found = found
        return values
    }

    /// What is to be written: of a row that exists only what somebody has changed in the form, so that a form that is
    /// less exact than the row, or sent as it was, changes nothing.
    var changes: Form {
        table.resource.fields.reduce(form) { changes, field in
            if field.kind == .photo {
                return form.text("\(field.name).remove") == "yes" ? changes.with(field.name, "") : changes
            }
            return isKept(field) ? changes.with(field.name, nil) : changes
        }
    }

    private func isKept(_ field: Field) -> Bool {
        guard let current else { return false }
        // Nobody sees what it holds: blank means as it was.
        return field.isHidden ? form.text(field.name).isEmpty : !values.differs(from: current, in: field)
    }

    /// With the numbers of the rows whose names were typed and the row as it stands, in one round trip.
    func resolved(_ page: PageContext) throws -> SubmittedForm {
        var sent = self
        var asked: [(name: String, text: String, statement: Statement)] = []
        for field in table.resource.fields {
            switch field.kind {
            case .reference: if let question = sent.read(field) { asked.append(question) }
            case .integer where !field.flags.isEmpty: sent.add(field)
            default: break
            }
        }
        let results: [Rows]
        if let id {
            let row = try CurrentRow(table, .number(id), page, asked.map(\.statement))
            sent.current = FormValues(row: row.json)
            results = row.answers
        } else {
            results = asked.isEmpty ? [] : try page.context.run(asked.map(\.statement))
        }
        for (question, rows) in zip(asked, results) {
            try sent.settle(question.name, question.text, rows.map(Choice.init))
        }
        return sent
    }

    /// The boxes that were ticked, added up.
    private mutating func add(_ field: Field) {
        guard form[field.name] != nil else { return }
        let sum = form.texts(field.name).compactMap { WholeNumber.read($0, in: Field.flagSums) }.reduce(0) { $0 | $1 }
        form = form.with(field.name, String(sum))
        if sum == 0 { errors.append(FieldError(field.name, Self.noBit)) }
    }

    private static let noBit = Text("Select at least one.", es: "Seleccione al menos uno.")

    /// What is to be looked up for a field; nil where its number is known.
    private mutating func read(_ field: Field) -> (String, String, Statement)? {
        guard let target = Table.of(field.target), !target.admin.fitsInSelect,
            case .json? = form["\(field.name).text"]
        else { return nil }
        let typed = form.text("\(field.name).text").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let choice = form.text("\(field.name).choice")
        if !choice.isEmpty {
            form = form.with(field.name, choice).with("\(field.name).text", nil)
        } else if typed.isEmpty {
            form = form.with(field.name, "")
        } else if typed != form.text("\(field.name).was") || form.text(field.name).isEmpty {
            return (field.name, typed, target.candidates(typed, limit: Self.maximumCandidates))
        }
        return nil
    }

    private mutating func settle(_ name: String, _ typed: String, _ rows: [Choice]) {
        let exact = rows.filter { $0.isCalled(typed) }
        if let row = exact.count == 1 ? exact[0] : rows.count == 1 ? rows[0] : nil {
            form = form.with(name, String(row.id)).with("\(name).text", nil)
            return
        }
        form = form.with(name, "")
        found[name] = rows
        errors.append(FieldError(name, rows.isEmpty ? .nothingCalled(typed) : .severalCalled(typed)))
    }

    /// - Throws: 400 with all that is wrong, when a name leads to no row or to several.
    func requireRows() throws(HTTPError) {
        guard errors.isEmpty else { throw .invalid(table.resource.faults(of: changes, isNew: isNew)) }
    }

    /// The form once more, with all that is wrong and all that was typed.
    func refused(_ error: any Error, _ page: PageContext) throws -> Response {
        guard let faults = HTTPError(error).formFaults else { throw error }
        // What could not be looked up is missing for that reason only.
        let known = Set(errors.map(\.name))
        let order = table.admin.fieldsets.flatMap(\.fields)
        let all = (errors + faults.filter { !known.contains($0.name) }.map(plain)).sorted {
            (order.firstIndex(of: $0.name) ?? order.count) < (order.firstIndex(of: $1.name) ?? order.count)
        }
        return try shown(state: form.text("state"), all).response(page, status: 400)
    }

    /// The form with all that was typed.
    ///
    /// - Parameter state: of the row that it is sent against.
    func shown(state: String, _ errors: [FieldError] = []) -> RecordForm {
        var form = blank
        form.values = values
        form.errors = errors
        form.state = state
        return form
    }

    /// What was left empty is asked for; a person need not know what is null and which format nothing has.
    private func plain(_ error: FieldError) -> FieldError {
        let isEmpty = form.text(error.name).isEmpty && table.resource.field(error.name)?.isRequired == true
        return isEmpty ? FieldError(error.name, Self.empty) : error
    }

    private static let empty = Text("Fill in this field.", es: "Complete este campo.")
}

extension Field {
    /// Nobody reads it back.
    var isHidden: Bool { isWriteOnly || !readers.admits(.administrator) }
}

extension Table {
    /// Rows that a person may mean by some words.
    func candidates(_ words: String, limit: Int64) -> Statement {
        var conditions = WhereClause()
        resource.search(words, for: .administrator, title: choiceTitle, to: &conditions)
        return resource.rowsStatement("t.id, \(choiceTitle)", conditions, order: " order by 2, 1", limit: limit)
    }
}

/// `GET /admin/<table>/pick/?q=`: rows to choose while one types, as JSON.
struct ShowChoices: TableHandler {
    private static let maximumRows: Int64 = 10
    private let table: Table
    private let words: String

    init(_ table: Table, _ request: Request) throws(HTTPError) {
        self.table = table
        words = request.queryValue("q") ?? ""
    }

    func respond(_ page: PageContext) throws -> Response {
        let rows = try page.context.run([table.candidates(words, limit: Self.maximumRows)])[0]
        return .json(
            .array(
                try rows.map(Choice.init).map { choice in
                    ["id": .integer(choice.id), "title": .string(choice.title)]
                }))
    }
}
