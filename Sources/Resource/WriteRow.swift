import Images
package import JSON
package import PostgreSQL
package import Web

/// `POST /api/<table>/`: a new row, answered as it now stands.
package struct CreateRow: Action {
    private let resource: Resource
    private let values: SubmittedValues

    init(_ resource: Resource, _ request: Request) throws(HTTPError) {
        self.init(resource, try Form(request))
    }

    /// - Parameter form: the values of the new row.
    package init(_ resource: Resource, _ form: Form) {
        self.resource = resource
        values = SubmittedValues(resource, form, isNew: true, isPartial: false)
    }

    func respond(_ context: Context) throws -> Response { try perform(context).response(201, context) }

    /// - Throws: 400 with every faulty field.
    package func perform(_ context: Context) throws -> WrittenRow {
        let columns = values.allowed(to: try context.requireCaller().role)
        let photo = try PhotoChange(resource, columns, context)
        let derived = try resource.derive(values.form, nil, context)
        try DatabaseValidation(resource, values, columns, id: nil, context.keys.codes).run(
            context, after: values.faults + photo.faults + derived.faults + resource.validate(values.text, context))
        return try photo.keep(columns, of: nil, context) { columns in
            let assigned = try ColumnAssignments(columns, context.keys.codes).adding(derived)
            let statements = [resource.insertion(of: assigned)] + assigned.links
            return try resource.write(statements, context, showing: assigned.shown)
        }
    }
}

/// `PUT` and `PATCH /api/<table>/{id}/`: changed values, answered as the row now stands.
package struct UpdateRow: Action {
    private let resource: Resource
    private let id: Int64
    private let values: SubmittedValues
    private let preconditions: Preconditions?

    init(_ resource: Resource, _ request: Request, isPartial: Bool) throws(HTTPError) {
        self.resource = resource
        id = try request.identifier()
        values = SubmittedValues(resource, try Form(request), isNew: false, isPartial: isPartial)
        preconditions = Preconditions(request)
    }

    /// What a form of a page leaves out stays as it is.
    ///
    /// - Parameter preconditions: nil to change the row in whatever state it is.
    package init(_ resource: Resource, _ id: Int64, _ form: Form, if preconditions: Preconditions? = nil) {
        self.resource = resource
        self.id = id
        self.preconditions = preconditions
        values = SubmittedValues(resource, form, isNew: false, isPartial: true)
    }

    func respond(_ context: Context) throws -> Response { try perform(context).response(200, context) }

    /// - Throws: 400 with every faulty field; 404 for a row that is not there; 412 for one in another state.
    @discardableResult
    package func perform(_ context: Context) throws -> WrittenRow {
        let columns = values.allowed(to: try context.requireCaller().role)
        // Looked at before a transaction locks the row: a gate may want it.
        let photo = try PhotoChange(resource, columns, context)
        return try resource.whileUnchanged(id, preconditions, context) { context in try change(columns, photo, context)
        }
    }

    private func change(
        _ columns: [(field: Field, value: FieldValue)], _ photo: PhotoChange, _ context: Context
    ) throws -> WrittenRow {
        let derived = try resource.derive(values.form, id, context)
        try DatabaseValidation(resource, values, columns, id: id, context.keys.codes).run(
            context, after: values.faults + photo.faults + derived.faults + resource.validate(values.text, context))
        return try photo.keep(columns, of: id, context) { columns in
            let assigned = try ColumnAssignments(columns, context.keys.codes).adding(derived)
            return try resource.write([write(assigned)] + assigned.links, context, showing: assigned.shown)
        }
    }

    /// A body without a field changes nothing, and still answers the row; new links touch it.
    private func write(_ assigned: ColumnAssignments) -> Statement {
        var terms = assigned.columns.enumerated().map { "\($1) = $\($0 + 2)" }
        if terms.isEmpty, !assigned.links.isEmpty, let column = resource.fields.first(where: \.isSettable)?.column {
            terms = ["\(column) = \(column)"]
        }
        guard !terms.isEmpty else { return resource.saveStatement(id) }
        let update =
            "update \(resource.table) set \(terms.joined(separator: ", ")) where id = $1 returning garita.set_saved_id(id)"
        return Statement(update, parameters: [.integer(id)] + assigned.parameters)
    }
}

/// `DELETE /api/<table>/{id}/`: gone, or refused with the reasons while something points at it.
package struct DeleteRow: Action {
    private let resource: Resource
    private let id: Int64

    /// - Throws: 404 for an address without a number.
    package init(_ resource: Resource, _ request: Request) throws(HTTPError) {
        self.resource = resource
        id = try request.identifier()
    }

    func respond(_ context: Context) throws -> Response {
        try perform(context)
        return .noContent
    }

    /// - Throws: 404 for a row that is not there; 409 with what points at it; 412 for one in another state.
    package func perform(_ context: Context) throws {
        do {
            try resource.whileUnchanged(id, Preconditions(context.request), context, remove)
        } catch DatabaseError.refused(let refusal) where refusal.state == "23503" {
            // foreign_key_violation: the transaction is over, and this asks in a new one.
            let rows = try context.run([References.statement(resource.table, id)])[0]
            throw try References(rows).error
        }
    }

    private func remove(_ context: Context) throws {
        let photo = try resource.photoName(of: id, context)
        let rows = try context.run([Statement(resource.removal, parameters: [.integer(id)])])[0]
        guard rows.count == 1, !rows[0].isNull(0) else { throw HTTPError.notFound(resource.model) }
        if let photo { context.onceCommitted { context.photos.remove(photo) } }
    }
}

/// A row as a write has left it.
package struct WrittenRow {
    /// Its number.
    package let id: Int64
    /// As the API shows it to the writer.
    let json: JSON
    /// Values of fields that the writer sees in clear this once.
    package let shown: [JSON.Member]

    /// The answer of the API, with the name of the state that the row is left in, for the next `If-Match`.
    ///
    /// Not after PUT (RFC 9110, 9.3.4): what was sent is not byte for byte what is read.
    package func response(_ status: Int, _ context: Context) -> Response {
        let tellsState = status == 201 || context.request.method == Method.patch.rawValue
        return .json(
            shown.reduce(json) { $0.replacing($1.name, with: $1.value) }, status: status,
            headers: tellsState ? [EntityTag(of: json.serialized()).header] : [])
    }
}

extension Resource {
    func insertion(of assigned: ColumnAssignments) -> Statement {
        let names = assigned.columns.joined(separator: ", ")
        let numbers = assigned.columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        return Statement(
            "insert into \(table) (\(names)) values (\(numbers)) returning garita.set_saved_id(id)",
            parameters: assigned.parameters)
    }

    /// Runs a write that does `garita.set_saved_id(id)` and reads the row it names, in one transaction and round trip.
    ///
    /// - Parameter shown: values of fields that the writer sees in clear this once.
    /// - Throws: 404 when the write met no row.
    package func write(
        _ writes: [Statement], _ context: Context, showing shown: [JSON.Member] = []
    ) throws -> WrittenRow {
        let role = try context.requireCaller().role
        let projection = rowProjection(for: role)
        let read = rowStatement("\(projection.sql), t.id", .saved, name: "written \(model) \(role.rawValue)")
        let rows: Rows
        do {
            rows = try context.run(writes + [read])[writes.count]
        } catch DatabaseError.refused(let refusal) {
            throw faults(of: refusal).map(HTTPError.invalid) ?? DatabaseError.refused(refusal)
        }
        guard rows.count == 1 else { throw HTTPError.notFound(model) }
        return WrittenRow(
            id: try rows[0].integer(projection.count), json: try projection.json(rows[0], context), shown: shown)
    }

    /// A violated constraint, as an error of its field: the caller may not see the row that has the value (another
    /// site's, or one written this moment); nil for what no field is to blame for.
    func faults(of refusal: SQLError) -> [FieldError]? {
        for field in fields where field.column != nil {
            switch refusal.constraint {
            case "\(tableName)_\(field.name)_unique" where refusal.state == "23505":
                return [FieldError(field.name, taken(field))]
            case "\(tableName)_\(field.name)_order" where refusal.state == "23514":
                return [FieldError(field.name, .outOfOrder)]
            default: continue
            }
        }
        return nil
    }
}

extension Text {
    fileprivate static let outOfOrder = Text(
        "This date is earlier than the one it must follow.", es: "Esta fecha es anterior a la que debe seguir.")
}
