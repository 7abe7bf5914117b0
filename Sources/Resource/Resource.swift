import OpenAPI
package import Web

/// A table declared once: its fields, lists, rules and permissions.
///
/// The API's lists and rows, its document, files and the administration pages are drawn from it; nothing about a table is
/// written a second time in Swift.
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
    /// What a person calls one row.
    package let singular: Text
    /// What a person calls many rows.
    package let plural: Text
    /// In the order of the wire.
    package let fields: [Field]
    /// What its lists offer.
    package let list: ListOptions
    let rules: WriteRules
    /// The fields that `OPTIONS` tells of; nil for all.
    let described: [Field]?
    /// Who may do what; an operation that is absent does not exist.
    package let permissions: [Operation: Access]
    /// How administrators meet it; nil for a table without pages.
    package let admin: AdminOptions?

    /// As the properties say.
    package init(
        path: String, model: String, table: String, singular: Text, plural: Text, fields: [Field],
        list: ListOptions = ListOptions(), rules: WriteRules = WriteRules(), described: [Field]? = nil,
        permissions: [Operation: Access], admin: AdminOptions? = nil
    ) {
        self.path = path
        self.model = model
        self.table = table
        self.singular = singular
        self.plural = plural
        self.fields = fields
        self.list = list
        self.rules = rules
        self.described = described
        self.permissions = permissions
        self.admin = admin
    }

    /// The field of that name.
    package func field(_ name: String) -> Field? {
        fields.first { $0.name == name }
    }

    /// The field of that name that a list knows, be it one that no row of the API has.
    package func listField(_ name: String) -> Field? {
        field(name) ?? list.hidden.first { $0.name == name }
    }

    /// The table without its schema, as the audit names it.
    package var tableName: String { table.split(separator: ".").last.map(String.init) ?? table }

    /// Deletes the row `$1` and answers its number.
    var removal: String { rules.removal ?? "delete from \(table) where id = $1 returning id" }

    /// What no single field tells of the texts a client sent.
    func validate(_ text: (String) -> String?, _ context: Context) throws -> [FieldError] {
        try rules.validate(text, context)
    }

    /// The sentence of a value of this field that another row has.
    func taken(_ field: Field) -> Text {
        field.taken ?? .alreadyTaken(Text(words, es: singular.spanish), field.name, field.label)
    }
}
