import JSON
import PostgreSQL
import Resource
package import Web

/// Somebody of the family lives in the caller's own home from now on.
///
/// - SQL: `api.add_household_member` (sql/functions/residents/add_household_member.sql).
package struct AddHouseholdMember: Action {
    private static let names = ["first_name", "last_name", "phone", "document_id"]
    private let values: [String]

    /// - Parameters:
    ///   - form: first name, last name, phone, document, each as in the body of a new resident.
    ///   - unit: the caller's own home.
    /// - Throws: 400 with every faulty field.
    package init(_ form: Form, in unit: Int64) throws(HTTPError) {
        values = Self.names.map { form.text($0).trimmed }
        let members = zip(Self.names, values).map { JSON.Member(name: $0, value: .string($1)) }
        let faults = residents.faults(of: Form(members + [.init(name: "unit", value: .integer(unit))]), isNew: true)
        guard faults.isEmpty else { throw .invalid(faults) }
    }

    /// - Returns: the number of the new resident.
    /// - Throws: 409 for who may not add anybody, and when the home is full; 400 for what the site demands of residents.
    package func perform(_ context: Context) throws -> Int64 {
        try context.run([
            Statement(
                "select api.add_household_member($1, $2, $3, $4)", name: "add_household_member",
                parameters: values.map { .text($0) })
        ])[0].single().integer(0)
    }
}
