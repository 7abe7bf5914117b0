import JSON
import Pages
import PostgreSQL
import Resource
import Web

/// What the page of an action shows besides what its declaration says: fields, and what depends on the row.
struct ActionForm {
    var fields: [ActionField] = []
    /// What stands in them first, by name.
    var defaults: JSON = .object([])
    /// What it is about, where the fields of the table do not say it.
    var summary: HTML?
    /// What will happen to this row, behind what happens to each.
    var consequences: [Text] = []
    /// What stands there in place of question and button, where there is nothing to be done.
    var instead: HTML?

    /// - Parameter typed: what was sent; nil for a form that nobody has filled in.
    func drawn(_ typed: Form?) -> [FormField] {
        let values = typed.map { FormValues(typed: $0) } ?? FormValues(row: defaults)
        return fields.map { FormField($0.field, values, isNew: false, options: $0.options) }
    }
}

/// A field of an action, with the rows it offers.
struct ActionField {
    let field: Field
    var options: [Choice]?

    init(_ field: Field, _ rows: Rows? = nil) throws {
        self.field = field
        options = try rows?.map(Choice.init)
    }
}
