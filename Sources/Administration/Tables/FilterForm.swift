import Pages
import PostgreSQL
import Resource
import Web

/// What a list can be narrowed by, and what it is narrowed by now.
struct FilterForm {
    private let list: TableList
    private let controls: [Control]
    /// Options of short tables, and the names of rows that are asked for; of a table that has grown long its rows are
    /// asked for by name, as those of a long one.
    let statements: [Statement]

    /// One filter: how it is called and offered.
    private struct Control {
        let filter: Filter
        let label: Text
        let field: Field?
        let target: Table?
        /// Places among the statements: of the options of a short table, of the name of the row asked for.
        var options: Int?
        var title: Int?

        /// The values it may be asked for, if they are told one by one.
        var choices: [FieldChoice] { filter.choices.isEmpty ? field?.choices ?? [] : filter.choices }
    }

    init(_ list: TableList) {
        self.list = list
        var statements: [Statement] = []
        controls = list.table.resource.list.filters.map { filter in
            let field = list.table.resource.field(filter.name)
            let target = Table.of(filter.target ?? field?.target)
            var control = Control(
                filter: filter,
                label: filter.label ?? field?.label ?? filter.about ?? Text(filter.name, es: filter.name),
                field: field, target: target)
            if let target, target.admin.fitsInSelect {
                control.options = statements.count
                statements.append(target.options(with: []))
            }
            if let target,
                let id = list.filter(filter.name).flatMap({ WholeNumber.read($0, in: WholeNumber.identifiers) })
            {
                control.title = statements.count
                statements.append(target.choice(of: id))
            }
            return control
        }
        self.statements = statements
    }

    func html(_ answers: [Rows], _ page: PageContext) throws -> HTML {
        let offered = try controls.map { FieldInput(try field($0, answers)).html(page) }
        let search: HTML? =
            list.table.resource.list.search.fields.isEmpty
            ? nil
            : search(page)
        guard search != nil || !offered.isEmpty else { return "" }
        let kept = list.request.query.filter { $0.name == "ordering" }.map { item -> HTML in
            "<input type=\"hidden\" name=\"\(item.name)\" value=\"\(item.value)\">"
        }
        // A number of a card must not stand in an address, so it is posted with everything else.
        let sending: HTML =
            list.table.findsByCode
            ? " method=\"post\" action=\"\(list.table.path)find/\">\(page.layout.formToken)"
            : " action=\"\(list.table.path)\">"
        return """
            <form class="filters" role="search"\(sending)\(kept)
            \(search)\(offered.isEmpty ? nil : filters(offered, page) as HTML?)</form>
            \(try chips(answers, page))
            """
    }

    private func search(_ page: PageContext) -> HTML {
        let label: Text = list.table.findsByCode ? .searchOrCode : .search
        let field = FormField("search", label, .search, [list.filter("search") ?? ""], required: false)
        return "\(FieldInput(field).html(page))<button class=\"quiet\">\(page.localized(.search))</button>\n"
    }

    private func filters(_ offered: [HTML], _ page: PageContext) -> HTML {
        """
        <details\(" open", if: list.narrowing.contains { $0.name != "search" })>\
        <summary>\(page.localized(Text("Filters", es: "Filtros")))</summary><div class="grid">\(offered)</div>
        <button class="quiet">\(page.localized(Text("Apply filters", es: "Aplicar filtros")))</button></details>
        """
    }

    private func field(_ control: Control, _ answers: [Rows]) throws -> FormField {
        let value = list.filter(control.filter.name) ?? ""
        var field = FormField(
            control.filter.name, control.label, try input(control, value, answers),
            [control.filter.isOfDays(value) ? String(value.prefix(10)) : value], required: false)
        field.idPrefix = "filter-"
        return field
    }

    private func input(_ control: Control, _ value: String, _ answers: [Rows]) throws -> FormField.Control {
        switch control.filter.kind {
        case .boolean:
            let no = control.filter.hasOpposite ? [FormOption("false", .no)] : []
            return .choice([.any, FormOption("true", .yes)] + no, blank: nil)
        case .choice:
            let choices = control.choices
            guard !choices.isEmpty else { break }
            return .choice([.any] + choices.map { FormOption($0.value, $0.label) }, blank: nil)
        case .reference:
            guard let target = control.target else { break }
            guard let rows = control.options.map({ answers[$0] }), rows.count < Table.maximumOptions else {
                let title = try control.title.flatMap { try answers[$0].first?.optionalText(1) } ?? ""
                return .record(RecordPicker(name: title, completionPath: "\(target.path)pick/"))
            }
            return .choice(
                [.any] + (try rows.map(Choice.init).map { FormOption(String($0.id), named: $0.title) }), blank: nil)
        case .timestamp, .date: return control.filter.isOfDays(value) ? .date : .moment
        default: break
        }
        return .text()
    }

    /// What the list is narrowed by, each with a link that takes it away.
    private func chips(_ answers: [Rows], _ page: PageContext) throws -> HTML? {
        guard !list.narrowing.isEmpty else { return nil }
        let drawn = try list.narrowing.map { item -> HTML in
            let control = controls.first { $0.filter.name == item.name }
            let label = page.localized(control?.label ?? .search)
            let value = try word(item.value, control, answers, page)
            return """
                <li><a href="\(list.address((item.name, nil), ("page", nil)))">\(label): \(value)\(Icon.off)\
                <span class="unseen">\(page.localized(Text("remove", es: "quitar")))</span></a></li>
                """
        }
        return """
            <ul class="chips" aria-label="\(page.localized(Text("Filtered by", es: "Filtrado por")))">\(drawn)\
            <li><a href="\(list.table.path)">\(page.localized(Text("Clear all", es: "Quitar todo")))</a></li></ul>
            """
    }

    private func word(_ value: String, _ control: Control?, _ answers: [Rows], _ page: PageContext) throws -> String {
        guard let control else { return value }
        if let title = try control.title.flatMap({ try answers[$0].first?.optionalText(1) }) { return title }
        switch control.filter.kind {
        case .boolean: return page.localized(value == "true" ? .yes : .no)
        case .reference: return "#\(value)"
        case .date, .timestamp: return value.utf8.count > 10 ? SiteTime(value).name(page) : Day(value).name(page)
        default: return control.choices.first { $0.value == value }.map { page.localized($0.label) } ?? value
        }
    }
}

extension Table {
    /// More rows than this are not offered by one control.
    static let maximumOptions = 500

    /// Number and name of its rows, for a control that offers them all: the first ones, and those that are chosen.
    ///
    /// - Parameters:
    ///   - numbers: of rows that are chosen.
    ///   - row: a row, the fields of it that lead here, and its table: what they lead to counts as chosen too.
    func options(with numbers: [Int64], in row: (id: Int64, fields: [Field], table: Table)? = nil) -> Statement {
        let named = "select t.id, \(choiceTitle) from \(resource.table) as t"
        var chosen = "t.id = any ($1::bigint[])"
        for field in row?.fields ?? [] {
            let held = field.kind == .references ? field.expression : "array[\(field.expression)]"
            chosen +=
                " or t.id = any ((select \(held) from \(row?.table.resource.table ?? "") as t where t.id = $2)::bigint[])"
        }
        let place = row.map { " of \($0.table.admin.slug)" } ?? ""
        return Statement(
            "(\(named) order by 2, 1 limit \(Self.maximumOptions)) union (\(named) where \(chosen)) order by 2, 1",
            name: "options \(admin.slug)\(place)",
            parameters: [.integerArray(numbers)] + (row.map { [.integer($0.id)] } ?? []))
    }

    /// Number and name of the row that a field of a row leads to.
    func title(in field: Field, of table: Table, _ id: Int64) -> Statement {
        Statement(
            "select t.id, \(choiceTitle) from \(resource.table) as t where t.id ="
                + " (select \(field.expression) from \(table.resource.table) as t where t.id = $1)",
            name: "title \(field.name) of \(table.admin.slug)", parameters: [.integer(id)])
    }

    /// Number and name of one row that is chosen.
    func choice(of id: Int64) -> Statement {
        resource.rowStatement("t.id, \(choiceTitle)", .number(id), name: "choice \(admin.slug)")
    }

    /// What tells its rows apart where one is chosen, over the alias `t`: of two people of a name, where each lives.
    var choiceTitle: String {
        admin.title("t") + (unitName.map { " || coalesce(' · ' || \($0.expression), '')" } ?? "")
    }

    /// Whether its rows are told apart by a unit, too.
    var tellsUnit: Bool { unitName != nil }

    private var unitName: Field? { resource.listField("unit_display") }

    /// Number and name of one row.
    func title(of key: RowKey) -> Statement {
        resource.rowStatement("t.id, \(admin.title("t"))", key, name: "title \(key.word) \(admin.slug)")
    }
}

extension Filter {
    /// Whether it is asked for by days; a link from somewhere may name a minute.
    fileprivate func isOfDays(_ value: String) -> Bool {
        kind == .date || kind == .timestamp && value.utf8.count != 16
    }
}

extension FormOption {
    /// What asks for nothing.
    fileprivate static let any = FormOption("", Text("Any", es: "Todos"))
}

extension Text {
    fileprivate static let search = Text("Search", es: "Buscar")
    fileprivate static let searchOrCode = Text(
        "Search, also by the full number",
        es: "Buscar, también por el número completo")
}
