package import Web

/// One field of a declared table: its name on the wire, what it holds, where it is stored, who may see and set it.
package struct Field: Sendable {
    /// The original's name.
    package let name: String
    package let kind: FieldKind
    /// What a person reads beside it.
    package let label: Text
    /// The column a client's value goes into; nil when the field is worked out.
    package let column: String?
    /// The expression that reads it, over the table's alias `t`.
    package let expression: String
    /// The table a reference points into.
    package let target: String?

    /// Must be in the body of POST and PUT, and may not be blank.
    package private(set) var isRequired = false
    package private(set) var isReadOnly = false
    package private(set) var isUnique = false
    /// Set when the row is made, and never again: later values are ignored like read-only ones.
    package private(set) var isFixed = false
    /// Null on the wire means null in the table; other fields refuse null.
    package private(set) var isNullable: Bool
    /// Left out of the answer when null, as the original leaves out a name behind an empty link.
    package private(set) var isOmittedWhenNull = false
    /// Absent from lists, present in the answer to one row.
    package private(set) var isDetailOnly = false
    /// Who reads it; others get unset text or null in its place, so that the shape stays.
    package private(set) var readers = Access.signedIn
    /// Who sets it; from others it is ignored like any read-only field.
    package private(set) var writers = Access.signedIn

    private init(
        _ name: String, _ kind: FieldKind, _ label: Text, column: String?, expression: String? = nil,
        target: String? = nil, nullable: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.label = label
        self.column = column
        self.expression = expression ?? column.map { "t.\($0)" } ?? "null"
        self.target = target
        isNullable = nullable
    }

    /// A stored value; dates, times and decimals may be null, everything else has an unset value of its own.
    package static func stored(_ name: String, _ kind: FieldKind, _ label: Text, column: String? = nil) -> Field {
        let nullable = [.date, .time, .timestamp, .decimal, .photo].contains(kind)
        return Field(name, kind, label, column: column ?? name, nullable: nullable)
    }

    /// A link to a row of another table: the wire says `unit`, the column `unit_id` unless named.
    package static func reference(_ name: String, to target: String, _ label: Text, column: String? = nil) -> Field {
        Field(name, .reference, label, column: column ?? "\(name)_id", target: target, nullable: true)
    }

    /// A value worked out by SQL over the alias `t`; nobody sets it.
    package static func computed(_ name: String, _ kind: FieldKind, _ label: Text, _ expression: String) -> Field {
        Field(name, kind, label, column: nil, expression: expression, nullable: true).readOnly()
    }

    package static let id = stored("id", .integer(1...Int64.max), Text("ID", es: "ID")).readOnly()
    package static let createdAt = stored("created_at", .timestamp, Text("Created", es: "Creado")).readOnly()
    package static let updatedAt = stored("updated_at", .timestamp, Text("Updated", es: "Actualizado")).readOnly()

    package func required() -> Field {
        changed {
            $0.isRequired = true; $0.isNullable = false
        }
    }
    package func readOnly() -> Field { changed { $0.isReadOnly = true } }
    package func unique() -> Field { changed { $0.isUnique = true } }
    package func fixed() -> Field { changed { $0.isFixed = true } }
    /// Has a default in the table and is never null.
    package func filled() -> Field { changed { $0.isNullable = false } }
    package func omittedWhenNull() -> Field { changed { $0.isOmittedWhenNull = true } }
    package func detailOnly() -> Field { changed { $0.isDetailOnly = true } }
    package func read(by readers: Access) -> Field { changed { $0.readers = readers } }
    package func written(by writers: Access) -> Field { changed { $0.writers = writers } }

    private func changed(_ change: (inout Field) -> Void) -> Field {
        var field = self
        change(&field)
        return field
    }
}
