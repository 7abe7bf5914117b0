import JSON
import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// `/admin/<table>/new/`: what the API's POST does; `?unit=7` fills in what the link already knows.
struct NewRecordPage: FormPage {
    private let table: Table
    private let request: Request

    init(_ table: Table, _ request: Request) throws(HTTPError) {
        self.table = table
        self.request = request
    }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try RecordForm(table: table, id: nil, values: FormValues(request)).response(page)
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        let sent = try SubmittedForm(RecordForm(table: table, id: nil), form).resolved(page)
        do {
            try sent.requireRows()
            let made = try CreateRow(table.resource, sent.changes).perform(page.context)
            return table.after(form, made.id, page, try table.saved(page))
        } catch {
            return try sent.refused(error, page)
        }
    }
}

/// `/admin/<table>/{id}/edit/`: what the API's PATCH does, but only to the row as it was shown.
///
/// Where somebody was faster, both versions are shown, and nothing of either is lost.
struct EditRecordPage: FormPage {
    private let table: Table
    private let id: Int64

    init(_ table: Table, _ request: Request) throws(HTTPError) {
        self.table = table
        id = try request.identifier()
    }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response { try form.ofRow(id, page) }

    func perform(_ sent: Form, _ page: PageContext) throws -> Response {
        try form.save(sent, to: id, page) ?? table.after(sent, id, page, try table.saved(page))
    }

    private var form: RecordForm { RecordForm(table: table, id: id) }
}

extension Table {
    /// That it is saved, and what a person should know of it.
    fileprivate func saved(_ page: PageContext) throws -> Text {
        let texts = [Text("Saved.", es: "Guardado.")] + (try resource.warnings(page.context))
        return Text(texts.map(\.english).joined(separator: " "), es: texts.map(\.spanish).joined(separator: " "))
    }

    /// Where to go once a row is saved.
    fileprivate func after(_ form: Form, _ id: Int64, _ page: PageContext, _ notice: Text) -> Response {
        switch form.text("then") {
        case "edit": page.seeOther("\(path(of: id))edit/", notice: notice)
        case "add": page.seeOther("\(path)new/", notice: notice)
        default: page.seeOther(path(of: id), notice: notice)
        }
    }
}

/// One row as the API shows it, with its number, its state and its name.
struct CurrentRow {
    let id: Int64
    let json: JSON
    let state: String
    let name: String
    /// To what was asked besides.
    let answers: [Rows]

    /// - Throws: 404 for a row that is not there.
    init(_ table: Table, _ key: RowKey, _ page: PageContext, _ besides: [Statement] = []) throws {
        let projection = table.resource.rowProjection(for: .administrator)
        let read = table.resource.rowStatement(key, for: .administrator)
        let results = try page.context.run([read, table.title(of: key)] + besides)
        guard let row = results[0].first, let title = results[1].first else {
            throw HTTPError.notFound(table.resource.model)
        }
        id = try title.integer(0)
        json = try projection.json(row, page.context)
        state = EntityTag(of: json.serialized()).opaque
        name = try title.optionalText(1) ?? "#\(id)"
        answers = Array(results.dropFirst(2))
    }
}
