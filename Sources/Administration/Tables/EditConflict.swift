import JSON
import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// Two people changed the same row: both versions, field by field, and a form that holds what the slower one typed.
struct EditConflict {
    private let table: Table
    private let id: Int64
    private let sent: SubmittedForm

    init(_ table: Table, _ id: Int64, _ sent: SubmittedForm) {
        self.table = table
        self.id = id
        self.sent = sent
    }

    func response(_ page: PageContext) throws -> Response {
        let current = try CurrentRow(table, .number(id), page)
        let history = History(table, id)
        let who = try history.html(page.context.run([history.statement(limit: 1)])[0], page)
        let mine = sent.values
        let theirs = FormValues(row: current.json)
        let form = sent.shown(state: current.state)
        let fields = table.admin.fieldsets.flatMap { form.fields(of: $0) }
        let lines = fields.filter { $0.kind != .photo && mine.differs(from: theirs, in: $0) }.map { field -> HTML in
            let now = shown(field, theirs, page)
            let typed = shown(field, mine, page)
            return
                "<tr><th scope=\"row\">\(page.localized(field.label))</th><td data-label=\"\(page.localized(Self.saved))\">\(now)</td><td data-label=\"\(page.localized(Self.yours))\">\(typed)</td></tr>\n"
        }
        var conflicting = form
        conflicting.conflict = """
            <div class="errors" role="alert" tabindex="-1" autofocus><h2>\(Icon.warning)\(page.localized(Self.heading))</h2>
            <p>\(page.localized(Self.about))</p>\(who)
            <table class="rows-table"><thead><tr><th scope="col">\(page.localized(Text("Field", es: "Campo")))</th>\
            <th scope="col">\(page.localized(Self.saved))</th><th scope="col">\(page.localized(Self.yours))</th></tr></thead><tbody>\(lines)</tbody></table>
            <p><a href="\(form.path)">\(page.localized(Text("Discard my changes and start from the saved version", es: "Descartar mis cambios y partir de lo guardado")))</a></p>
            </div>
            """
        return try conflicting.response(page, status: 409, name: current.name)
    }

    private func shown(_ field: Field, _ values: FormValues, _ page: PageContext) -> String {
        let text = values.text(field.name)
        switch field.kind {
        case .boolean: return page.localized(text == "true" ? .yes : .no)
        case .choice: return field.word(for: text, page)
        case .reference:
            return text.isEmpty ? "–" : values.chosen(field.name).isEmpty ? "#\(text)" : values.chosen(field.name)
        case .words:
            return values.words(field.name).map { field.word(for: $0, page) }.joined(separator: ", ")
        case .references: return values.numbers(field.name).map { "#\($0)" }.joined(separator: ", ")
        default: return text.isEmpty ? "–" : text
        }
    }

    private static let heading = Text(
        "Somebody changed this record while you were editing it",
        es: "Alguien cambió este registro mientras usted lo editaba")
    private static let about = Text(
        "Your changes have not been saved. Compare both versions, correct the form below and save again.",
        es: "Sus cambios todavía no se guardan. Compare ambas versiones, corrija el formulario y guarde"
            + " otra vez.")
    private static let saved = Text("Saved version", es: "Versión guardada")
    private static let yours = Text("Your version", es: "Su versión")
}
