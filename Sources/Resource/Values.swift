import JSON
import PostgreSQL
import Web

/// The values a client may set, read from its form: every fault at once.
struct Values {
    /// Column values, in the declared order.
    let columns: [(field: Field, value: FieldValue)]

    /// - Parameter isPartial: PATCH; missing fields keep what they have.
    /// - Throws: 400 with all faulty fields.
    init(_ resource: Resource, _ form: Form, isPartial: Bool) throws(HTTPError) {
        var columns: [(Field, FieldValue)] = []
        var errors: [FieldError] = []
        for field in resource.fields where !field.isReadOnly && field.column != nil {
            guard let json = form[field.name] else {
                if field.isRequired && !isPartial { errors.append(FieldError(field.name, .required)) }
                continue
            }
            switch field.parse(json) {
            case .success(let value): columns.append((field, value))
            case .failure(let fault): errors.append(FieldError(field.name, fault.text))
            }
        }
        guard errors.isEmpty else { throw .invalid(errors) }
        self.columns = columns
    }

    /// Without the fields that this role may not set: they are ignored like read-only ones.
    func allowed(to role: Role) -> [(field: Field, value: FieldValue)] {
        columns.filter { $0.field.writers.admits(role) }
    }
}

extension Field {
    /// Null, blank, or a value of the field's kind.
    fileprivate func parse(_ json: JSON) -> Result<FieldValue, FieldFault> {
        if json == .null { return isNullable ? .success(.null) : .failure(FieldFault(.mayNotBeNull)) }
        // A form has no null: a blank date, time or link stands for it.
        if isNullable, case .string(let text) = json, text.allSatisfy(\.isWhitespace) { return .success(.null) }
        let result = kind.parse(json)
        if isRequired, case .success(.text("")) = result { return .failure(FieldFault(.mayNotBeBlank)) }
        return result
    }
}
