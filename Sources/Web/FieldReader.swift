import JSON

/// Reads the fields of a form one by one and keeps all that is wrong, so that a client hears of every fault at once.
///
/// A field that cannot be read gives a placeholder; `finish()` throws before anybody can use it.
package struct FieldReader {
    private let form: Form
    private var errors: [FieldError] = []

    /// - Throws: as `Form.init`.
    package init(_ request: Request) throws(HTTPError) {
        form = try Form(request)
    }

    /// Reads a form that was read before.
    package init(_ form: Form) {
        self.form = form
    }

    /// Text that must be there and not be blank; at most so many characters, nil for whatever the body may hold.
    package mutating func text(_ name: String, maximum: Int?) -> String {
        guard case .text(let text)? = value(name, .text(maximum: maximum), required: true) else { return "" }
        if text.isEmpty { errors.append(FieldError(name, .mayNotBeBlank)) }
        return text
    }

    /// Text that must be there and not be blank, as it was typed: no other text is the same secret.
    package mutating func secret(_ name: String, maximum: Int?) -> String {
        let read = text(name, maximum: maximum)
        let typed = form.text(name)
        return read.isEmpty || typed.isEmpty ? read : typed
    }

    /// A number that must be there, or has a default.
    package mutating func integer(
        _ name: String, _ range: ClosedRange<Int64>, default fallback: Int64? = nil
    ) -> Int64 {
        guard case .integer(let number)? = value(name, .integer(range), required: fallback == nil) else {
            return fallback ?? 0
        }
        return number
    }

    /// A number that may be missing or null.
    package mutating func optionalInteger(_ name: String) -> Int64? {
        if form[name] == .json(.null) { return nil }
        guard case .integer(let number)? = value(name, .integer(Int64.min...Int64.max), required: false) else {
            return nil
        }
        return number
    }

    /// Text that may be missing, null or blank: then nil.
    package mutating func optionalText(_ name: String, maximum: Int) -> String? {
        if form[name] == .json(.null) { return nil }
        guard case .text(let text)? = value(name, .text(maximum: maximum), required: false) else { return nil }
        return text.isEmpty ? nil : text
    }

    /// A day that may be missing, null or blank: then nil.
    package mutating func optionalDate(_ name: String) -> String? { optionalMoment(name, .date) }

    /// A time of day that may be missing, null or blank: then nil.
    package mutating func optionalTime(_ name: String) -> String? { optionalMoment(name, .time()) }

    /// A moment that may be missing, null or blank: then nil.
    package mutating func optionalTimestamp(_ name: String) -> String? { optionalMoment(name, .timestamp) }

    private mutating func optionalMoment(_ name: String, _ kind: FieldKind) -> String? {
        if form[name] == .json(.null) { return nil }
        guard case .text(let text)? = value(name, kind, required: false) else { return nil }
        return text
    }

    /// Row numbers in a list that may be missing; none then.
    package mutating func identifiers(_ name: String) -> [Int64] {
        guard let value = form.repeated(name) else { return [] }
        guard let elements = value.json?.elements else {
            errors.append(FieldError(name, .notAList(value.typeName)))
            return []
        }
        // An HTML form sends a blank one, so that none can be told from not asked.
        return elements.filter { !form.isEncoded || $0 != "" }.compactMap { element in
            switch FieldKind.reference.parse(element) {
            case .success(.integer(let id)): return id
            case .success: return nil
            case .failure(let fault):
                errors += fault.errors(of: name)
                return nil
            }
        }
    }

    /// One of some words that may be missing.
    package mutating func optionalChoice(_ name: String, _ choices: [String]) -> String? {
        guard case .text(let word)? = value(name, .choice(choices), required: false) else { return nil }
        return word
    }

    /// One of some words; the default when it is missing.
    package mutating func choice(_ name: String, _ choices: [String], default fallback: String? = nil) -> String {
        guard case .text(let word)? = value(name, .choice(choices), required: fallback == nil) else {
            return fallback ?? ""
        }
        return word
    }

    /// One more fault, of what no single field tells.
    package mutating func add(_ error: FieldError) { errors.append(error) }

    /// - Throws: 400 with every faulty field when there is one.
    package consuming func finish() throws(HTTPError) {
        guard errors.isEmpty else { throw .invalid(errors) }
    }

    private mutating func value(_ name: String, _ kind: FieldKind, required: Bool) -> FieldValue? {
        // An HTML form sends every field: what it leaves blank is not given.
        let isBlank = form.isEncoded && !required && !kind.isText && form[name] == .json("")
        guard let value = form[name], !isBlank else {
            if required { errors.append(FieldError(name, .required)) }
            return nil
        }
        if value == .json(.null) {
            errors.append(FieldError(name, .mayNotBeNull))
            return nil
        }
        switch kind.parse(value) {
        case .success(let value): return value
        case .failure(let fault):
            errors += fault.errors(of: name)
            return nil
        }
    }
}

extension Form {
    /// What is made of some of its fields.
    ///
    /// - Throws: 400 with every faulty field when there is one.
    package func read<Value>(
        _ make: (inout FieldReader) throws(HTTPError) -> Value
    ) throws(HTTPError) -> Value {
        var fields = FieldReader(self)
        let value = try make(&fields)
        try fields.finish()
        return value
    }
}
