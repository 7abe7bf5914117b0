import Resource
import Web

/// What the rows of a table stand in, the nearest first: people in a home and that in a house, a home in a house.
///
/// Of two rows with the same name a file tells them apart by it.
struct CSVImportPlace {
    /// The reference that leads there.
    let field: Field
    /// SQL of the number of the row it leads to, over the alias `t`.
    let expression: String
}

extension Table {
    /// By the references that each row must have.
    var places: [CSVImportPlace] {
        var places: [CSVImportPlace] = []
        var table = self
        var expression = ""
        while let field = table.placingField, let column = field.column, let target = Table.of(field.target) {
            expression =
                expression.isEmpty
                ? "t.\(column)"
                : "(select p.\(column) from \(table.resource.table) as p where p.id = \(expression))"
            places.append(CSVImportPlace(field: field, expression: expression))
            table = target
        }
        return places
    }

    private var placingField: Field? {
        resource.fields.first { $0.kind == .reference && $0.isRequired && !$0.isReadOnly }
    }

    /// What a file may say beside the fields of its rows, to tell apart the rows they lead to: where somebody lives, and
    /// in which house that home is.
    var importPlaces: [Field] {
        var targets = Set(importFields.compactMap(\.target))
        let places = importFields.filter { $0.kind == .reference }.compactMap { Table.of($0.target) }.flatMap(\.places)
        return places.map(\.field).filter { targets.insert($0.target ?? "").inserted }
    }

    /// Everything that a column of a file may be.
    var importColumns: [Field] { importFields + importPlaces }
}
