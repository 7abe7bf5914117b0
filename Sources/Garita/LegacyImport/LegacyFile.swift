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

    let path: String

    func contents() throws -> [LegacyContent] {
        var found: [String: LegacyContent] = [:]
        try objects { bytes in
            let (name, id, _) = try Self.record(bytes)
            let model = Self.model(name)
            let isOurs = LegacyTable.all.contains { $0.model == model }
            var content = found[name] ?? LegacyContent(name: name, model: isOurs ? model : nil, count: 0, lastID: 0)
            content.count += 1
            content.lastID = max(content.lastID, id)
            found[name] = content
        }
        let contents = found.values.sorted { $0.name < $1.name }
        guard contents.contains(where: { $0.model != nil }) else {
            throw CommandFailure.badData("that file holds no row of the legacy system")
        }
        return contents.filter { !["contenttypes.contenttype", "auth.permission"].contains($0.name) }
    }

    func pages(of table: LegacyTable, _ body: ([LegacyRecord]) throws -> Void) throws {
        var page: [LegacyRecord] = []
        try objects { bytes in
            // Most rows are of other tables: their beginning tells, and spares parsing them.
            guard DumpText.quickModel(of: bytes).map({ Self.model($0) == table.model }) ?? true else { return }
            let (name, id, fields) = try Self.record(bytes)
            guard Self.model(name) == table.model else { return }
            page.append(LegacyRecord(id: id, fields: fields))
            if page.count == Self.pageSize {
                try body(page)
                page.removeAll(keepingCapacity: true)
            }
        }
        if !page.isEmpty { try body(page) }
    }

    private func objects(_ body: ([UInt8]) throws -> Void) throws {
        var text = DumpText()
        try Files.readPieces(of: path) { try text.read($0, body) }
        try text.finish()
    }

    private static func record(_ bytes: [UInt8]) throws -> (name: String, id: Int64, fields: [JSON.Member]) {
        let json: JSON
        do { json = try JSON(parsing: bytes, maximumBytes: largestRow) } catch {
            throw CommandFailure.badData("that file is not JSON as dumpdata writes it")
        }
        guard let name = json["model"]?.stringValue, let fields = json["fields"]?.members else {
            throw CommandFailure.badData("that file is not what dumpdata writes: a row has no model or no fields")
        }
        // A table whose keys are not numbers (sessions) is none that we import.
        return (name, json["pk"]?.integerValue ?? 0, fields)
    }

    private static func model(_ name: String) -> String {
        String(name.split(separator: ".").last ?? "").lowercased()
    }
}

/// Splits a JSON text into its outermost objects; between them only white space, commas and brackets may stand.
struct DumpText {
    private var object: [UInt8] = []
    private var depth = 0
    private var isInString = false
    private var isEscaped = false

    /// Takes the next piece of the text and passes on every object that ends in it.
    mutating func read(_ piece: [UInt8], _ body: ([UInt8]) throws -> Void) throws {
        var start = 0
        for (index, byte) in piece.enumerated() {
            if isInString {
                if byte == UInt8(ascii: "\""), !isEscaped { isInString = false }
                isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
                continue
            }
            switch byte {
            case UInt8(ascii: "{"):
                if depth == 0 { start = index }
                depth += 1
            case UInt8(ascii: "}") where depth > 0:
                depth -= 1
                if depth == 0 {
                    object += piece[start...index]
                    try body(object)
                    object.removeAll(keepingCapacity: true)
                }
            case UInt8(ascii: "\"") where depth > 0: isInString = true
            case 0x09, 0x0A, 0x0D, 0x20, UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"): break
            default:
                guard depth > 0 else { throw CommandFailure.badData("that file is not what dumpdata writes") }
            }
        }
        if depth > 0 { object += piece[start...] }
    }

    /// - Throws: when the text ends inside an object.
    func finish() throws {
        guard depth == 0 else { throw CommandFailure.badData("that file ends in the middle of a row") }
    }

    /// The model, when it stands first, as dumpdata writes it; nil when the object must be parsed to know.
    static func quickModel(of object: [UInt8]) -> String? {
        let parts = object.prefix(200).split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
        guard parts.count > 4, parts[1].elementsEqual("model".utf8) else { return nil }
        return String(validating: parts[3], as: UTF8.self)
    }
}
