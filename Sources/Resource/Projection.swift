import Cryptography
package import JSON
package import PostgreSQL
package import Web

/// The columns of one answer, for one role: what to select, and how a row becomes JSON.
package struct Projection {
    /// What a row asks of its field; a whole one is much to copy for each value.
    private struct Column {
        let name: String
        let kind: FieldKind
        let expression: String
        let isHidden: Bool
        let isOmittedWhenNull: Bool
        /// The name as JSON has it, a comma in front and a colon behind.
        let key: [UInt8]
    }

    private let columns: [Column]

    /// The fields in the order of the answer.
    ///
    /// - Parameter hidesCodes: masks codes even for who may see them one by one.
    init(_ fields: [Field], for role: Role, hidesCodes: Bool = false) {
        columns = fields.map {
            Column(
                name: $0.name, kind: $0.kind,
                expression: hidesCodes && $0.kind == .code ? SealedText.masked : $0.expression,
                isHidden: !$0.readers.admits(role), isOmittedWhenNull: $0.isOmittedWhenNull,
                key: Array(",\"\($0.name)\":".utf8))
        }
    }

    /// How many columns.
    var count: Int { columns.count }

    /// What stands between `select` and `from`; a field the role may not read is never asked for.
    package var sql: String {
        columns.map { $0.isHidden ? "null" : $0.expression }.joined(separator: ", ")
    }

    /// The fields' names.
    var names: [String] { columns.map(\.name) }

    /// The values of one row, each with its kind, in the order of ``names``; what is unset is there too.
    func values(_ row: Row, _ context: Context) throws -> [(value: JSON, kind: FieldKind)] {
        try columns.enumerated().map { index, column in
            let value = try column.kind.json(row, index, origin: context.request.origin, context.keys.codes)
            return (column.isHidden ? column.kind.unset : value, column.kind)
        }
    }

    /// One row as the wire wants it.
    /// - Parameter origin: scheme and host for absolute URLs; the request's own unless said otherwise.
    package func json(_ row: Row, _ context: Context, origin: String? = nil) throws -> JSON {
        let origin = origin ?? context.request.origin
        var members: [JSON.Member] = []
        members.reserveCapacity(columns.count)
        for (index, column) in columns.enumerated() {
            let value = try column.kind.json(row, index, origin: origin, context.keys.codes)
            if value == .null, column.isOmittedWhenNull { continue }
            members.append(.init(name: column.name, value: column.isHidden ? column.kind.unset : value))
        }
        return .object(members)
    }

    /// The rows as ``json(_:_:origin:)`` has them, in an array: written as they lie, because a tree of a list costs the
    /// worker more than all the rest of it.
    package func write(_ rows: Rows, _ context: Context, to writer: inout JSONWriter) throws {
        writer.append("[")
        for (place, row) in rows.enumerated() {
            writer.append(place == 0 ? "{" : ",{")
            try write(row, context, to: &writer)
            writer.append("}")
        }
        writer.append("]")
    }

    /// By position: a column is much to copy for each value.
    private func write(_ row: Row, _ context: Context, to writer: inout JSONWriter) throws {
        var isFirst = true
        for index in columns.indices {
            let key = isFirst ? columns[index].key.dropFirst() : columns[index].key[...]
            if columns[index].isOmittedWhenNull || columns[index].isHidden {
                let value = try columns[index].kind.json(
                    row, index, origin: context.request.origin, context.keys.codes)
                if value == .null, columns[index].isOmittedWhenNull { continue }
                writer.append(key)
                writer.write(columns[index].isHidden ? columns[index].kind.unset : value)
            } else {
                writer.append(key)
                try columns[index].kind.write(row, index, context, to: &writer)
            }
            isFirst = false
        }
    }
}

extension Resource {
    /// The fields of a list.
    package func listProjection(for role: Role) -> Projection {
        Projection(fields.filter { !$0.isDetailOnly && !$0.isWriteOnly }, for: role)
    }

    /// The fields of a list, for a file.
    func exportProjection(for role: Role) -> Projection {
        Projection(fields.filter { !$0.isDetailOnly && !$0.isWriteOnly }, for: role, hidesCodes: true)
    }

    /// The fields of one row.
    package func rowProjection(for role: Role) -> Projection {
        Projection(fields.filter { !$0.isWriteOnly }, for: role)
    }

    /// The fields of `list_minimal/`, in the order they are named.
    func minimalProjection(for role: Role) -> Projection {
        Projection(list.minimal.compactMap { name in (fields + list.hidden).first { $0.name == name } }, for: role)
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

    /// A column's text as the wire's value, written: as it lies where the wire has it as PostgreSQL does.
    fileprivate func write(_ row: Row, _ index: Int, _ context: Context, to writer: inout JSONWriter) throws {
        switch self {
        case .integer, .reference: writer.append(try row.digits(index) ?? Self.null)
        case .timestamp: write(try row.utf8(index).map(WireTime.timestamp), to: &writer)
        case .text, .email, .phone, .choice, .date, .decimal: write(try row.utf8(index), to: &writer)
        default: writer.write(try json(row, index, origin: context.request.origin, context.keys.codes))
        }
    }

    private func write(_ text: ArraySlice<UInt8>?, to writer: inout JSONWriter) {
        if let text { writer.write(text: text) } else { writer.append(Self.null) }
    }

    private static let null = Array("null".utf8)[...]

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
        case .texts, .words: return .array(try row.textArray(index).map { .string($0) })
        case .photo:
            let path = try row.text(index)
            return path.isEmpty ? .null : .string(origin + path)
        case .text, .email, .phone, .choice, .date, .decimal: return .string(try row.text(index))
        }
    }
}
