/// The rows a statement returned, copied into Swift.
package struct Rows: RandomAccessCollection, Sendable {
    /// PostgreSQL's type of each column, by object id.
    let types: [UInt32]
    /// Where each value lies in `bytes`, row by row; nil for SQL null.
    let cells: [Range<Int>?]
    /// All values in text form.
    let bytes: [UInt8]
    /// How many rows.
    package let count: Int

    /// 0.
    package var startIndex: Int { 0 }
    /// The number of rows.
    package var endIndex: Int { count }
    /// How many columns each row has.
    package var columnCount: Int { types.count }
    /// One row, counted from 0.
    package subscript(position: Int) -> Row { Row(rows: self, start: position * types.count) }

    /// The first row, or an error of ours: for statements that always return one.
    package func single() throws(DatabaseError) -> Row {
        guard count == 1 else { throw .unexpected(facts: "\(count) rows instead of one") }
        return self[0]
    }
}

/// One row; columns are counted from 0.
///
/// Asking for another type than the column has, or for a value where there is none, is `DatabaseError.unexpected`.
package struct Row: Sendable {
    let rows: Rows
    let start: Int

    /// How many columns.
    package var columnCount: Int { rows.columnCount }

    /// Whether the value is SQL null; also true for a column that does not exist.
    package func isNull(_ column: Int) -> Bool { cell(column) == nil }

    /// The value in PostgreSQL's text form, of a column of any type.
    package func text(_ column: Int) throws(DatabaseError) -> String { try present(optionalText(column), column) }

    /// The same, nil for null.
    package func optionalText(_ column: Int) throws(DatabaseError) -> String? {
        try value(column, of: nil) { String(validating: $0, as: UTF8.self) }
    }

    /// The UTF-8 bytes of the text form, uncopied; for JSON the database made.
    ///
    /// Nil for null.
    package func utf8(_ column: Int) throws(DatabaseError) -> ArraySlice<UInt8>? {
        try value(column, of: nil) { $0 }
    }

    /// A smallint, integer, bigint or oid.
    package func integer(_ column: Int) throws(DatabaseError) -> Int64 { try present(optionalInteger(column), column) }

    /// The same, nil for null.
    package func optionalInteger(_ column: Int) throws(DatabaseError) -> Int64? {
        try value(column, of: ColumnTypes.integers) { Int64(String(decoding: $0, as: UTF8.self)) }
    }

    /// The digits of a smallint, integer, bigint or oid, uncopied; nil for null.
    package func digits(_ column: Int) throws(DatabaseError) -> ArraySlice<UInt8>? {
        try value(column, of: ColumnTypes.integers) { $0 }
    }

    /// A boolean.
    package func bool(_ column: Int) throws(DatabaseError) -> Bool { try present(optionalBool(column), column) }

    /// The same, nil for null.
    package func optionalBool(_ column: Int) throws(DatabaseError) -> Bool? {
        try value(column, of: ColumnTypes.booleans) { $0.first == UInt8(ascii: "t") }
    }

    /// A bytea.
    package func bytes(_ column: Int) throws(DatabaseError) -> [UInt8] { try present(optionalBytes(column), column) }

    /// The same, nil for null.
    package func optionalBytes(_ column: Int) throws(DatabaseError) -> [UInt8]? {
        try value(column, of: ColumnTypes.bytes) { TextFormat.bytes($0) }
    }

    /// A text[], varchar[] or name[] of one dimension without nulls.
    ///
    /// Null gives an error.
    package func textArray(_ column: Int) throws(DatabaseError) -> [String] {
        try present(value(column, of: ColumnTypes.textArrays) { TextFormat.array($0) }, column)
    }

    /// A smallint[], integer[] or bigint[] of one dimension without nulls.
    ///
    /// Null gives an error.
    package func integerArray(_ column: Int) throws(DatabaseError) -> [Int64] {
        let texts = try present(value(column, of: ColumnTypes.integerArrays) { TextFormat.array($0) }, column)
        return texts.compactMap { Int64($0) }
    }

    private func cell(_ column: Int) -> Range<Int>? {
        (0..<columnCount).contains(column) ? rows.cells[start + column] : nil
    }

    private func value<Value>(
        _ column: Int, of types: [UInt32]?, read: (ArraySlice<UInt8>) -> Value?
    ) throws(DatabaseError) -> Value? {
        guard (0..<columnCount).contains(column) else { throw .unexpected(facts: "there is no column \(column)") }
        if let types, !types.contains(rows.types[column]) {
            throw .unexpected(facts: "column \(column) has the type \(rows.types[column])")
        }
        guard let range = cell(column) else { return nil }
        guard let value = read(rows.bytes[range]) else {
            throw .unexpected(facts: "column \(column) cannot be read as \(Value.self)")
        }
        return value
    }

    private func present<Value>(_ value: Value?, _ column: Int) throws(DatabaseError) -> Value {
        guard let value else { throw .unexpected(facts: "column \(column) is null") }
        return value
    }
}
