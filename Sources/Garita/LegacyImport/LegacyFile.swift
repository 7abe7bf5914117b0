import JSON
import OperatingSystem

/// What Django's `dumpdata` wrote: one array of `{"model", "pk", "fields"}`, or one such object a line.
///
/// The file is read again for each table, because its order is not ours; so memory stays the same for any size.
struct LegacyFile: LegacySource {
    /// Rows of one page: what one statement of the import takes.
    private static let pageSize = 1000
    /// Bytes of the JSON of one row.
    private static let largestRow = 16 * 1024 * 1024
    /// How a dump is written that we can read: UTF-8 on Windows too, no other output in it, every row with its number.
    static let command = "python -Xutf8 manage.py dumpdata --output dump.json"

    let path: String

    func contents() throws -> [LegacyContent] {
        var found: [String: LegacyContent] = [:]
        try objects { place, bytes in
            let (name, record) = try Self.record(bytes, place)
            let model = Self.model(name)
            let isOurs = LegacyTable.all.contains { $0.model == model }
            // However a file writes it, a model of ours is one.
            let key = isOurs ? model : name
            var content = found[key] ?? LegacyContent(name: name, model: isOurs ? model : nil, count: 0, lastID: 0)
            content.count += 1
            content.lastID = max(content.lastID, record.id ?? 0)
            found[key] = content
        }
        let contents = found.values.sorted { $0.name < $1.name }
        guard contents.contains(where: { $0.model != nil }) else {
            throw CommandFailure.badData("that file holds no row of the legacy system")
        }
        return contents.filter { !["contenttypes.contenttype", "auth.permission"].contains($0.name) }
    }

    func pages(of table: LegacyTable, _ body: ([LegacyRecord]) throws -> Void) throws {
        var page: [LegacyRecord] = []
        try objects { place, bytes in
            // Most rows are of other tables: their beginning tells, and spares parsing them.
            guard DumpText.quickModel(of: bytes).map({ Self.model($0) == table.model }) ?? true else { return }
            let (name, record) = try Self.record(bytes, place)
            guard Self.model(name) == table.model else { return }
            page.append(record)
            if page.count == Self.pageSize {
                try body(page)
                page.removeAll(keepingCapacity: true)
            }
        }
        if !page.isEmpty { try body(page) }
    }

    /// Passes on every row with its place, from 1.
    private func objects(_ body: (Int64, [UInt8]) throws -> Void) throws {
        var decoder = DumpDecoder()
        var text = DumpText()
        try Files.readPieces(of: path) { try text.read(decoder.decode($0), body) }
        try decoder.finish()
        try text.finish()
    }

    private static func record(_ bytes: [UInt8], _ place: Int64) throws -> (name: String, record: LegacyRecord) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw DumpDecoder.unreadable("in another encoding in row \(place), such as Windows-1252")
        }
        let json: JSON
        do { json = try JSON(parsing: bytes, maximumBytes: largestRow) } catch {
            throw CommandFailure.badData(
                "row \(place) of that file is not JSON as dumpdata writes it: \(error.description)")
        }
        guard let name = json["model"]?.stringValue, let fields = json["fields"]?.members else {
            throw CommandFailure.badData(
                "that file is not what dumpdata writes: row \(place) has no model or no fields")
        }
        return (name, LegacyRecord(key: json["pk"], place: place, fields: fields))
    }

    private static func model(_ name: String) -> String {
        String(name.split(separator: ".").last ?? "").lowercased()
    }
}
