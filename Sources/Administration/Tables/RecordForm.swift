import JSON
import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// The form of one row, new or old: its fields, what was typed, what is wrong with it.
struct RecordForm {
    let table: Table
    /// Nil for a new row.
    let id: Int64?
    /// What stands in the fields, by name.
    var values = FormValues(row: .null)
    var errors: [FieldError] = []
    /// The state of the row that the form was drawn from (`EntityTag`).
    var state = ""
    /// What somebody else has saved meanwhile, beside what was typed.
    var conflict: HTML?
    /// What there is to know before one begins.
    var about: Text?
    /// Words of fields that only the database knows, such as time zones.
    var offered: [String: [String]] = [:]
    /// Where it is edited; nil for the place of every row of its table.
    var place: RecordPlace?

    /// The fields that an administrator sets, as they are laid out; then what only tells something.
    func fields(of fieldset: AdminOptions.Fieldset) -> [Field] {
        fieldset.fields.compactMap(table.resource.field).filter { isSettable($0) }
    }

    private func isSettable(_ field: Field) -> Bool {
        !field.isReadOnly && field.isStored && field.writers.admits(.administrator) && (id == nil || !field.isFixed)
    }

    private var all: [Field] { table.admin.fieldsets.flatMap { fields(of: $0) } }

    /// The options of all short tables that its fields lead to, one statement each.
    private var optionTables: [Table] {
        var tables: [Table] = []
        for field in all {
            guard let target = Table.of(field.target), target.admin.fitsInSelect || field.kind == .references,
                !tables.contains(where: { $0.path == target.path })
            else { continue }
            tables.append(target)
        }
        return tables
    }

    /// The fields that lead to a row of a long table, and that table.
    private var pickers: [(field: Field, target: Table)] {
        all.compactMap { field in
            guard field.kind == .reference, let target = Table.of(field.target), !target.admin.fitsInSelect else {
                return nil
            }
            return (field, target)
        }
    }

    /// What stands in a field is offered, however many rows there are: a form keeps what it shows.
    private var options: [Statement] {
        optionTables.map { target in
            let fields = all.filter { Table.of($0.target)?.path == target.path }
            let row = id.map { (id: $0, fields: fields, table: table) }
            return target.options(with: fields.flatMap { values.numbers($0.name) }, in: row)
        }
    }

    /// What the form of a row needs beside the row, as that stands: asked in the round trip that reads it.
    private func statements(_ id: Int64) -> [Statement] {
        options + pickers.map { $0.target.title(in: $0.field, of: table, id) }
    }

    /// The form of a row, as that stands.
    /// - Throws: 404 for a row that is not there.
    func ofRow(_ id: Int64, _ page: PageContext) throws -> Response {
        let row = try CurrentRow(table, .number(id), page, statements(id))
        return try of(row).response(page, name: row.name, row.answers)
    }

    /// With what a row holds.
    func of(_ row: CurrentRow) -> RecordForm {
        var form = self
        form.values = FormValues(row: row.json)
        form.state = row.state
        return form
    }

    /// Saves what was sent, but only to the row as it was shown.
    ///
    /// - Returns: nil once it is saved; else the form with both versions, or with what is wrong.
    func save(_ form: Form, to id: Int64, _ page: PageContext) throws -> Response? {
        let sent = try SubmittedForm(self, form).resolved(page)
        do {
            try sent.requireRows()
            let seen = Preconditions(matching: form.text("state"))
            _ = try UpdateRow(table.resource, id, sent.changes, if: seen).perform(page.context)
            return nil
        } catch let error as HTTPError where error.status == 412 {
            return try EditConflict(table, id, sent).response(page)
        } catch {
            return try sent.refused(error, page)
        }
    }

    /// The form of a row, as `statements` were answered.
    private func response(_ page: PageContext, name: String, _ answers: [Rows]) throws -> Response {
        try response(page, status: 200, name: name, names: pickers.map(\.field.name), answers)
    }

    /// The form of a new row, or with what was typed.
    func response(_ page: PageContext, status: Int = 200, name: String? = nil) throws -> Response {
        let lookups = pickers.compactMap { field, target -> (name: String, title: Statement)? in
            guard values.chosen(field.name).isEmpty,
                let id = WholeNumber.read(values.text(field.name), in: WholeNumber.identifiers)
            else { return nil }
            return (field.name, target.choice(of: id))
        }
        // What is demanded of new rows an older one need not have.
        let demands = id == nil ? table.demandStatements : []
        let isDated = values.isFresh && all.contains(where: \.isFromToday)
        let asked = options + lookups.map(\.title) + (isDated ? [Self.today] : []) + demands
        let answers = asked.isEmpty ? [] : try page.context.run(asked)
        let demanded = demands.isEmpty ? [] : try table.demanded(answers.suffix(1))
        var form = self
        if isDated { form.values.today = try answers[options.count + lookups.count].single().text(0) }
        return try form.response(page, status: status, name: name, names: lookups.map(\.name), answers, demanded)
    }

    /// The day it is where the site lies.
    private static let today = Statement("select current_date::text", name: "today")

    private func response(
        _ page: PageContext, status: Int, name: String?, names: [String], _ answers: [Rows],
        _ demanded: Set<String> = []
    ) throws -> Response {
        let tables = optionTables
        var options: [String: [Choice]] = [:]
        for (target, rows) in zip(tables, answers) { options[target.resource.table] = try rows.map(Choice.init) }
        var titles: [String: String] = [:]
        for (field, rows) in zip(names, answers.dropFirst(tables.count)) {
            titles[field] =
                try rows.first?.optionalText(1) ?? (values.text(field).isEmpty ? "" : "#\(values.text(field))")
        }
        let form = html(page, options, titles, demanded)
        if let place { return place.page(page, status, form) }
        return page.admin(title(page, name), crumbs: crumbs(page, name), status: status, form)
    }

    private func title(_ page: PageContext, _ name: String?) -> String {
        guard id != nil else { return page.localized(.add(table.resource.singular)) }
        return "\(page.localized(.edit)): \(name ?? page.localized(table.resource.singular))"
    }

    private func crumbs(_ page: PageContext, _ name: String?) -> [Crumb] {
        guard let id else { return [table.crumb(page)] }
        return [table.crumb(page), Crumb(path: table.path(of: id), label: name ?? "#\(id)")]
    }

    private func html(
        _ page: PageContext, _ options: [String: [Choice]], _ titles: [String: String], _ demanded: Set<String>
    ) -> HTML {
        let groups = table.admin.fieldsets.compactMap { fieldset -> FieldGroup? in
            let shown = fields(of: fieldset).map { field -> FormField in
                var drawn = FormField(
                    field, values, isNew: id == nil, options: field.target.flatMap { options[$0] },
                    title: titles[field.name] ?? "", words: offered[field.name])
                if demanded.contains(field.name) { (drawn.isRequired, drawn.isMarkedOptional) = (true, false) }
                // What is wrong takes the focus first (`PageForm`).
                drawn.hasFocus = id == nil && errors.isEmpty && field.name == all.first?.name
                return drawn
            }
            return shown.isEmpty ? nil : FieldGroup(fieldset.label, shown)
        }
        let form = PageForm(
            path, groups: groups, buttons: buttons, errors: errors, look: .long, hidden: [QueryItem("state", state)],
            cancel: place == nil ? id.map { table.path(of: $0) } ?? table.path : nil)
        let about: HTML? = about.map { "<p class=\"narrow\">\(page.localized($0))</p>\n" }
        return "\(form.summary(page))\(about)\(conflict)\n\(form.body(page))"
    }

    /// Where it is sent, and where it is found.
    var path: String { place?.path ?? id.map { "\(table.path(of: $0))edit/" } ?? "\(table.path)new/" }

    private var buttons: [FormButton] {
        let save = FormButton(Text("Save", es: "Guardar"), QueryItem("then", "show"))
        // What is made by hand leads to a page of its own.
        if place != nil || id == nil && table.admin.hasCustomCreatePage { return [save] }
        let stay = FormButton(
            Text("Save and continue editing", es: "Guardar y seguir editando"), QueryItem("then", "edit"), .quiet)
        let another = FormButton(
            Text("Save and add another", es: "Guardar y agregar otro"), QueryItem("then", "add"), .quiet)
        return [save, stay] + (table.allows(.create) ? [another] : [])
    }
}

/// Where a record is edited that has no list, no page of its own, and no other beside it.
struct RecordPlace {
    /// Of its form.
    let path: String
    /// The page around the form.
    let page: (_ page: PageContext, _ status: Int, _ form: HTML) -> Response
}
