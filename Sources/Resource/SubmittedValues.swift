import JSON
import PostgreSQL
package import Web

/// The values a client may set, read from its form.
///
/// Faults are kept, not thrown: the database knows of more, and a client hears of all at once (`DatabaseValidation`).
struct SubmittedValues {
    /// Column values, in the declared order.
    let columns: [(field: Field, value: FieldValue)]
    /// What is wrong with the form itself.
    let faults: [FieldError]
    let form: Form

    /// - Parameters:
    ///   - isNew: the row is being made; fixed fields can be set only then.
    ///   - isPartial: PATCH; missing fields keep what they have.
    init(_ resource: Resource, _ form: Form, isNew: Bool, isPartial: Bool) {
        var columns: [(Field, FieldValue)] = []
        var faults: [FieldError] = []
        for field in resource.fields where !field.isReadOnly && field.isStored && (isNew || !field.isFixed) {
            let given = field.kind.isList ? form.repeated(field.name) : form[field.name]
            guard let given else {
                if field.isRequired || field.isSent, !isPartial { faults.append(FieldError(field.name, .required)) }
                continue
            }
            // An HTML form sends every field: what it leaves blank is not given, or null.
            if form.isEncoded, given == .json(""), !field.isRequired, !field.kind.isText {
                if field.isNullable { columns.append((field, .null)) }
                continue
            }
            switch field.parse(given) {
            // A masked code comes back from a client that changed something else.
            case .success(.text(let text)) where field.kind == .code && !isNew && text.hasPrefix(SealedText.mask): break
            case .success(let value): columns.append((field, value))
            case .failure(let fault): faults += fault.errors(of: field.name)
            }
        }
        self.columns = columns
        self.faults = faults
        self.form = form
    }

    /// What a client wrote into a field, where the value is a reading of it.
    func typed(_ name: String) -> String? {
        guard let given = form[name], case .success(.text(let text)) = FieldKind.text(maximum: nil).parse(given) else {
            return nil
        }
        return text
    }

    /// The text sent for a field, if any.
    func text(_ name: String) -> String? {
        for case (let field, .text(let text)) in columns where field.name == name { return text }
        return nil
    }

    /// Without the fields that this role may not set: they are ignored like read-only ones.
    func allowed(to role: Role) -> [(field: Field, value: FieldValue)] {
        columns.filter { $0.field.writers.admits(role) }
    }
}

extension Resource {
    /// What is wrong with a form by itself, before the database is asked.
    package func faults(of form: Form, isNew: Bool) -> [FieldError] {
        SubmittedValues(self, form, isNew: isNew, isPartial: !isNew).faults
    }
}

extension Field {
    /// Null, blank, or a value of the field's kind.
    fileprivate func parse(_ value: FormValue) -> Result<FieldValue, FieldFault> {
        if value == .json(.null) { return isNullable ? .success(.null) : .failure(FieldFault(.mayNotBeNull)) }
        // A blank link is none.
        if kind == .reference, value == .json("") {
            return isNullable ? .success(.null) : .failure(FieldFault(.mayNotBeNull))
        }
        let result = kind.parse(value)
        if let pattern, case .success(.text(let text)) = FieldKind.text(maximum: nil).parse(value), !text.isEmpty,
            !pattern.holds(text)
        {
            // As the legacy API, which looks at the pattern first and at the length as well.
            if case .failure(let others) = result { return .failure(FieldFault([pattern.fault(text)] + others.texts)) }
            return .failure(FieldFault(pattern.fault(text)))
        }
        if case .success(.text(let text)) = result, !text.isEmpty, text.unicodeScalars.count < minimumLength {
            return .failure(FieldFault(.tooShort(minimumLength)))
        }
        if isRequired, case .success(.text("")) = result { return .failure(FieldFault(.mayNotBeBlank)) }
        return result
    }
}
