package import Web

/// How administrators meet a table: its place in the menu, what a list shows, how a form is laid out, what hangs on a row.
package struct AdminOptions: Sendable {
    /// Its place in the addresses of pages.
    package let slug: String
    /// Its part of the menu.
    package let section: Section
    /// SQL that names one row, over the alias given.
    package let title: @Sendable (_ alias: String) -> String
    /// Field names of a list's columns; the first one leads to the row.
    package let columns: [String]
    /// How the form and the page of a row are laid out.
    package let fieldsets: [Fieldset]
    /// Lists of other tables that hang on a row, in their order on its page.
    package let related: [Related]
    /// Behind so many fieldsets they stand; nil for behind all.
    package let relatedAfter: Int?
    /// What can be done to several rows at once, beside exporting them.
    package let bulkActions: [BulkAction]
    /// How a list is narrowed by year, month and day; nil where it is not.
    package let dates: DateFilters?
    /// So few rows that a form offers them all at once.
    package let fitsInSelect: Bool
    /// The field that is switched off instead of deleting a row.
    package let deactivationField: String?
    /// A page made by hand makes its rows (`new/`).
    package let hasCustomCreatePage: Bool
    /// Pages made by hand make and change its rows (`new/`, `{id}/edit/`).
    package let hasCustomForms: Bool
    /// What the link to the page of a new row says; nil for the usual word.
    package let createLabel: Text?
    /// What a row might be called, in the template of a file; nil for what people are called.
    package let exampleName: Text?

    /// As the properties say; what is left out, the table has not.
    package init(
        slug: String, section: Section, title: @escaping @Sendable (_ alias: String) -> String, columns: [String],
        fieldsets: [Fieldset], related: [Related] = [], relatedAfter: Int? = nil, bulkActions: [BulkAction] = [],
        dates: DateFilters? = nil, fitsInSelect: Bool = false, deactivationField: String? = nil,
        hasCustomCreatePage: Bool = false, hasCustomForms: Bool = false, createLabel: Text? = nil,
        exampleName: Text? = nil
    ) {
        self.hasCustomForms = hasCustomForms
        self.createLabel = createLabel
        self.exampleName = exampleName
        self.slug = slug
        self.section = section
        self.title = title
        self.columns = columns
        self.fieldsets = fieldsets
        self.related = related
        self.relatedAfter = relatedAfter
        self.bulkActions = bulkActions
        self.dates = dates
        self.fitsInSelect = fitsInSelect
        self.deactivationField = deactivationField
        self.hasCustomCreatePage = hasCustomCreatePage || hasCustomForms
    }

    /// A part of the menu.
    package enum Section: Sendable, CaseIterable {
        case visits, people, gates, logs, integrations

        /// What a person calls it.
        package var label: Text {
            switch self {
            case .visits: Text("Visits", es: "Visitas")
            case .people: Text("People and units", es: "Personas y unidades")
            case .gates: Text("Gates", es: "Accesos")
            case .logs: Text("Records", es: "Registros")
            case .integrations: Text("Integrations", es: "Integraciones")
            }
        }
    }

    /// Some fields under a heading.
    package struct Fieldset: Sendable {
        /// What a person reads.
        package let label: Text
        /// Field names.
        package let fields: [String]

        /// - Parameter fields: names, in their order.
        package init(_ label: Text, _ fields: [String]) {
            self.label = label
            self.fields = fields
        }
    }

    /// What narrows a list by year, month and day.
    package struct DateFilters: Sendable {
        /// The name of the field that holds the time.
        package let field: String
        /// The name of the filter that says the first day.
        package let from: String
        /// The name of the filter that says the last day.
        package let until: String

        /// Names of the field and of the two filters.
        package init(_ field: String, from: String, until: String) {
            self.field = field
            self.from = from
            self.until = until
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

        /// As the properties say; `field` is nil where no row is made from here.
        package init(_ slug: String, by filter: String, adding field: String? = nil) {
            self.slug = slug
            self.filter = filter
            self.field = field
        }
    }

    /// A change of several rows, after a question.
    package struct BulkAction: Sendable, Equatable {
        /// Its value in a form.
        package let name: String
        /// What a person reads.
        package let label: Text
        /// What it does to the rows whose numbers are `$1::bigint[]`; answers one row for each that it changed.
        package let sql: String
        /// Whether it takes something away, and is drawn so.
        package let isDestructive: Bool
        /// What there is to know before it is done.
        package let about: Text?

        /// As the properties say.
        package init(_ name: String, _ label: Text, sql: String, isDestructive: Bool = false, about: Text? = nil) {
            self.name = name
            self.label = label
            self.sql = sql
            self.isDestructive = isDestructive
            self.about = about
        }

        package static func == (one: BulkAction, other: BulkAction) -> Bool { one.name == other.name }

        /// Accounts for residents who have none; a page shows their one-time links, so no statement alone does it.
        package static let createAccounts = BulkAction(
            "create_accounts", Text("Create accounts", es: "Crear cuentas"), sql: "",
            about: Text(
                "Whoever has no account gets one, up to 500 at once: the user name is made from the name, and first and last"
                    + " name, e-mail and phone are taken over. You then get one sheet to print with a one-time link for each"
                    + " person, good for 7 days and shown only once.",
                es:
                    "Quien no tenga cuenta recibe una, hasta 500 a la vez: el nombre de usuario se forma con el nombre, y se"
                    + " toman nombre, apellidos, correo y teléfono. Después verá una hoja para imprimir con un enlace de un solo"
                    + " uso por persona, que sirve 7 días y se muestra una sola vez."))

        /// Switches a boolean column; rows that have the value already are left alone.
        package static func set(_ column: String, of table: String, to value: Bool, _ label: Text) -> BulkAction {
            BulkAction(
                "\(value ? "" : "not_")\(column)", label,
                sql: "update \(table) set \(column) = \(value) where id = any ($1::bigint[])"
                    + " and \(column) <> \(value) returning id",
                isDestructive: !value)
        }
    }
}
