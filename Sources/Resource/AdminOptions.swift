package import Web

/// How administrators meet a table: its place in the menu, what a list shows, how a form is laid out, what hangs on a row.
package struct AdminOptions: Sendable {
    /// Its place in the addresses of pages.
    package let slug: String
    package let section: Section
    /// SQL that names one row, over the alias given.
    package let title: @Sendable (_ alias: String) -> String
    /// Field names of a list's columns; the first one leads to the row.
    package let columns: [String]
    /// How the form and the page of a row are laid out.
    package let fieldsets: [Fieldset]
    /// Lists of other tables that hang on a row, in their order on its page.
    package let related: [Related]
    /// What can be done to several rows at once, beside exporting them.
    package let bulkActions: [BulkAction]
    /// What can be done to one row on a page made by hand.
    package let tasks: [RowAction]
    /// The time by which a list is drilled down: year, month, day.
    package let dateField: String?
    /// So few rows that a form offers them all at once.
    package let fitsInSelect: Bool
    /// The field that is switched off instead of deleting a row.
    package let deactivationField: String?
    /// A page made by hand makes its rows (`new/`).
    package let hasCustomCreatePage: Bool

    package init(
        slug: String, section: Section, title: @escaping @Sendable (_ alias: String) -> String, columns: [String],
        fieldsets: [Fieldset], related: [Related] = [], bulkActions: [BulkAction] = [], tasks: [RowAction] = [],
        dateField: String? = nil, fitsInSelect: Bool = false, deactivationField: String? = nil,
        hasCustomCreatePage: Bool = false
    ) {
        self.slug = slug
        self.section = section
        self.title = title
        self.columns = columns
        self.fieldsets = fieldsets
        self.related = related
        self.bulkActions = bulkActions
        self.tasks = tasks
        self.dateField = dateField
        self.fitsInSelect = fitsInSelect
        self.deactivationField = deactivationField
        self.hasCustomCreatePage = hasCustomCreatePage
    }

    /// A part of the menu.
    package enum Section: Sendable, CaseIterable {
        case visits, people, gates, logs

        package var label: Text {
            switch self {
            case .visits: Text("Visits", es: "Visitas")
            case .people: Text("People and homes", es: "Personas y viviendas")
            case .gates: Text("Gates", es: "Accesos")
            case .logs: Text("Traces", es: "Registros")
            }
        }
    }

    /// Some fields under a heading.
    package struct Fieldset: Sendable {
        package let label: Text
        /// Field names.
        package let fields: [String]

        package init(_ label: Text, _ fields: [String]) {
            self.label = label
            self.fields = fields
        }
    }

    /// The rows of another table that a filter of it keeps, given this row's number.
    package struct Related: Sendable {
        /// That table's place in addresses.
        package let slug: String
        /// The name of its filter.
        package let filter: String
        /// The name of its field that a new row made from here has filled in; nil where none is made from here.
        package let field: String?

        package init(_ slug: String, by filter: String, adding field: String? = nil) {
            self.slug = slug
            self.filter = filter
            self.field = field
        }
    }

    /// A change of several rows, after a question.
    package struct BulkAction: Sendable {
        /// Its value in a form.
        package let name: String
        package let label: Text
        /// What it does to the rows whose numbers are `$1::bigint[]`; answers one row for each that it changed.
        package let sql: String
        /// Whether it takes something away, and is drawn so.
        package let isDestructive: Bool

        package init(_ name: String, _ label: Text, sql: String, isDestructive: Bool = false) {
            self.name = name
            self.label = label
            self.sql = sql
            self.isDestructive = isDestructive
        }

        /// Switches a boolean column; rows that have the value already are left alone.
        package static func set(_ column: String, of table: String, to value: Bool, _ label: Text) -> BulkAction {
            BulkAction(
                "\(value ? "" : "not_")\(column)", label,
                sql: "update \(table) set \(column) = \(value) where id = any ($1::bigint[])"
                    + " and \(column) <> \(value) returning id",
                isDestructive: !value)
        }
    }

    /// A page made by hand for one row: `/admin/users/7/password-link/`.
    package struct RowAction: Sendable {
        /// Behind the row's address: `password-link/`.
        package let path: String
        package let label: Text
        /// SQL over `t`: whether the row has it; nil for always.
        package let condition: String?

        package init(_ path: String, _ label: Text, when condition: String? = nil) {
            self.path = path
            self.label = label
            self.condition = condition
        }
    }
}
