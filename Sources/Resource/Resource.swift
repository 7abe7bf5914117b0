import OpenAPI
package import Web

/// A table declared once: its fields, filters, search, ordering and permissions.
///
/// The handlers of lists and rows, and later OpenAPI, CSV and the administration pages, are drawn from it; nothing about
/// a table is written a second time in Swift.
package struct Resource: Sendable {
    /// What a client can do with a declared table.
    package enum Operation: Sendable, CaseIterable {
        case list, read, create, update, delete
        /// All rows of a list as one file.
        case export
    }

    /// Where it lives: `/api/visitors/`.
    package let path: String
    /// The legacy API's model name, as its 404 says it.
    package let model: String
    /// Schema and table.
    package let table: String
    /// What a person calls one row, and many.
    package let singular: Text
    package let plural: Text
    /// In the order of the wire.
    package let fields: [Field]
    /// Names of the fields that `?search=` looks into.
    package let search: [String]
    package let filters: [Filter]
    /// The order without `?ordering=`; the row number always follows, so that pages never overlap.
    package let order: [Ordering]
    /// Field names that `?ordering=` may name.
    package let orderable: [String]
    /// Field names of `list_minimal/`; empty when the table has none.
    package let minimal: [String]
    /// Fields that must differ together, beside the single unique ones.
    package let uniqueTogether: [[String]]
    /// Deletes the row `$1` and answers its number; nothing or null when the caller may not see it.
    ///
    /// The photo goes with the row: a table that keeps it must not have one.
    package let removal: String
    /// How its rows are counted without looking at each; nil where they are few.
    package let sums: CountRollup?
    /// That a row has a word in one of the fields of `search`, `?` standing for its pattern; nil: each is looked at.
    ///
    /// For a large table, in which it says the same in less time, and whose fields of `search` every role reads.
    let hasWord: String?
    /// A function in SQL that finds, by an index, the rows of which some field is like a pattern; null when they are many.
    package let finder: String?
    /// Who sees every row of the site, of a table whose rows are counted as they come and go (`garita.row_counts`).
    package let counted: Access?
    /// Fields that only `list_minimal/` shows.
    let hidden: [Field]
    /// What no single field tells: faults of the texts a client sent, asked by field name.
    let validate: @Sendable ((String) -> String?, Context) throws -> [FieldError]
    /// The fields that `OPTIONS` tells of; nil for all.
    let described: [Field]?
    /// Who may do what; an operation that is absent does not exist.
    package let permissions: [Operation: Access]
    /// How administrators meet it; nil for a table without pages.
    package let admin: AdminOptions?

    package init(
        path: String, model: String, table: String, singular: Text, plural: Text, fields: [Field],
        search: [String] = [], filters: [Filter] = [], order: [Ordering], orderable: [String] = [],
        minimal: [String] = [], uniqueTogether: [[String]] = [], removal: String? = nil,
        sums: CountRollup? = nil,
        hasWord: String? = nil,
        finder: String? = nil,
        counted: Access? = nil,
        hidden: [Field] = [],
        validate: @escaping @Sendable ((String) -> String?, Context) throws -> [FieldError] = { _, _ in [] },
        described: [Field]? = nil,
        permissions: [Operation: Access],
        admin: AdminOptions? = nil
    ) {
        self.path = path
        self.model = model
        self.table = table
        self.singular = singular
        self.plural = plural
        self.fields = fields
        self.search = search
        self.filters = filters
        self.order = order
        self.orderable = orderable
        self.minimal = minimal
        self.uniqueTogether = uniqueTogether
        self.removal = removal ?? Self.plainRemoval(from: table)
        self.sums = sums
        self.hasWord = hasWord
        self.finder = finder
        self.counted = counted
        self.hidden = hidden
        self.validate = validate
        self.described = described
        self.permissions = permissions
        self.admin = admin
    }

    static func plainRemoval(from table: String) -> String { "delete from \(table) where id = $1 returning id" }

    /// The field of that name.
    package func field(_ name: String) -> Field? {
        fields.first { $0.name == name }
    }

    /// What counts all rows that this role sees.
    package func count(for role: Role) -> String {
        guard counted?.admits(role) == true, let name = table.split(separator: ".").last else {
            return "select count(*) from \(table) as t"
        }
        return "select garita.row_count('\(name)')"
    }

    /// The sentence of a value of this field that another row has.
    func taken(_ field: Field) -> Text {
        field.taken ?? .alreadyTaken(singular, field.name, field.label)
    }
}

/// One term of an `order by`.
package struct Ordering: Sendable, Equatable {
    package let field: String
    package let isDescending: Bool

    package static func ascending(_ field: String) -> Ordering { Ordering(field: field, isDescending: false) }
    package static func descending(_ field: String) -> Ordering { Ordering(field: field, isDescending: true) }
}
