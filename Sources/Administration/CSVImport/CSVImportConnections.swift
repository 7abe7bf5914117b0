import JSON
import PostgreSQL
import Resource
import Web

/// Connects the rows of a file with those they name, where these keep the connection (``Connection``).
struct CSVImportConnections {
    let connection: Connection
    let columns: CSVImportColumns

    /// What is connected to another row, or named by two rows, is a fault.
    func check(_ rows: inout [CSVImportRow], _ context: Context) throws {
        let pairs = pairs(rows)
        guard !pairs.isEmpty else { return }
        let statement = connection.taken(pairs.map { ($0.key, $0.number) })
        let answers = try context.run([statement])[0]
        let taken = Dictionary(
            grouping: try answers.map { (key: try $0.text(0), number: try $0.integer(1)) }, by: \.key)
        var lines: [Int64: Int] = [:]
        for pair in pairs {
            let source = rows[pair.place].source
            if taken[pair.key, default: []].contains(where: { $0.number == pair.number }) {
                rows[pair.place].faults.append(columns.fault(source, connection.field, .connected))
            } else if let line = lines[pair.number] {
                rows[pair.place].faults.append(columns.fault(source, connection.field, .namedTwice(line)))
            }
            lines[pair.number] = lines[pair.number] ?? source.line
        }
    }

    /// Connects the rows that were written; one that was there and is connected now has changed.
    func write(_ rows: [CSVImportRow], _ outcomes: inout [RowOutcome], _ context: Context) throws {
        let pairs = pairs(rows).filter { outcomes[$0.place] != .wrong }
        guard !pairs.isEmpty else { return }
        let statement = connection.connect(pairs.map { ($0.key, $0.number) })
        let connected = Set(try context.run([statement])[0].map { try $0.text(0) })
        for pair in pairs where outcomes[pair.place] == .same && connected.contains(pair.key) {
            outcomes[pair.place] = .changed
        }
    }

    private func pairs(_ rows: [CSVImportRow]) -> [(place: Int, key: String, number: Int64)] {
        rows.indices.compactMap { place in
            guard case .integer(let number)? = rows[place][connection.field],
                case .string(let key)? = rows[place][connection.key]
            else { return nil }
            return (place, key, number)
        }
    }
}

extension Text {
    fileprivate static let connected = Text(
        "It is already linked to another record.", es: "Ya está vinculado con otro registro.")

    fileprivate static func namedTwice(_ line: Int) -> Text {
        Text("Line \(line) of the file names it too.", es: "La línea \(line) del archivo también lo nombra.")
    }
}
