package import JSON
package import PostgreSQL
package import Web

/// The columns of one answer, for one role: what to select, and how a row becomes JSON.
package struct Projection {
    private let fields: [Field]
    private let role: Role

    /// - Parameter names: only these fields, in the table's order; nil for all.
    init(_ fields: [Field], for role: Role) {
        self.fields = fields
        self.role = role
    }

    /// What stands between `select` and `from`; a field the role may not read is never asked for.
    package var sql: String {
        fields.map { $0.readers.admits(role) ? $0.expression : "null" }.joined(separator: ", ")
    }

    /// One row as the wire wants it.
    /// - Parameter origin: scheme and host for absolute URLs; the request's own unless said otherwise.
    package func json(_ row: Row, _ context: Context, origin: String? = nil) throws -> JSON {
        let origin = origin ?? context.request.origin
        var members: [JSON.Member] = []
        for (index, field) in fields.enumerated() {
            let value = try field.kind.json(row, index, origin: origin, context.keys.codes)
            if value == .null, field.isOmittedWhenNull { continue }
            let isHidden = !field.readers.admits(role)
            members.append(.init(name: field.name, value: isHidden ? field.kind.unset : value))
        }
        return .object(members)
    }
}

extension Resource {
    /// The fields of a list.
    package func listProjection(for role: Role) -> Projection {
        Projection(fields.filter { !$0.isDetailOnly && !$0.isWriteOnly }, for: role)
    }

    /// The fields of one row.
    package func rowProjection(for role: Role) -> Projection {
        Projection(fields.filter { !$0.isWriteOnly }, for: role)
    }

    /// The fields of `list_minimal/`, in the order they are named.
    func minimalProjection(for role: Role) -> Projection {
        Projection(minimal.compactMap { name in (fields + hidden).first { $0.name == name } }, for: role)
    }
}

extension FieldKind {
    /// What stands in place of a value a role may not read: the same as for a value nobody has set.
    fileprivate var unset: JSON {
        switch self {
        case .text, .email, .phone, .code: ""
        default: .null
        }
    }

    /// A column's text as the wire's value.
    fileprivate func json(_ row: Row, _ index: Int, origin: String, _ codes: CodeKeys) throws -> JSON {
        if row.isNull(index) { return .null }
        switch self {
        case .integer, .reference: return .integer(try row.integer(index))
        case .boolean: return .bool(try row.bool(index))
        case .timestamp: return .string(WireTime.timestamp(try row.text(index)))
        case .time: return .string(WireTime.time(try row.text(index)))
        case .references: return .array(try row.integerArray(index).map { .integer($0) })
        case .code: return .string(try SealedText.open(row.text(index), codes))
        case .json: return try JSON(parsing: Array(try row.text(index).utf8), maximumBytes: 1_048_576)
        case .texts: return .array(try row.textArray(index).map { .string($0) })
        case .photo:
            let path = try row.text(index)
            return path.isEmpty ? .null : .string(origin + path)
        case .text, .email, .phone, .choice, .date, .decimal: return .string(try row.text(index))
        }
    }
}
