import JSON
import Resource
import Vocabulary
import Web

/// One row of a file on its way into a table.
struct CSVImportRow {
    /// What stands in the file.
    let source: CSVFile.Row
    /// What its cells say, as the body of a request would.
    var members: [JSON.Member] = []
    /// Everything that is wrong with it.
    var faults: [CSVImportReport.Fault] = []
    /// The row that is there already; nil for a new one.
    var id: Int64?
    /// What is to be written; nil while something is wrong.
    var change: RowChange?

    init(_ source: CSVFile.Row) {
        self.source = source
    }

    /// What it says for a field; nil where its cell is blank or cannot be read.
    subscript(_ name: String) -> JSON? { members.first { $0.name == name }?.value }

    /// What would be written, with what the API would say against it.
    func change(of resource: Resource, _ context: Context) throws -> RowChange {
        try RowChange(resource, members, id: id, as: .administrator, context)
    }
}
