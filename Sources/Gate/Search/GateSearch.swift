import PostgreSQL

/// People and homes of a text.
///
/// - SQL: `api.search_gate` (sql/functions/gate/search_gate.sql).
struct GateSearch {
    private let text: String
    private let isExact: Bool

    /// - Returns: nil for a text that is decided on at once.
    init?(_ typed: String, _ text: GateText) {
        switch text {
        case .nothing, .code: return nil
        case .either: isExact = true
        case .words: isExact = false
        }
        self.text = String(typed.prefix(100))
    }

    /// Only whole plates, documents, phones and units, and names as they are written.
    init(exactly text: String) {
        self.text = String(text.prefix(100))
        isExact = true
    }

    var statement: Statement {
        Statement(
            "select kind, id, title, unit_id, place, state, plate, day, host, has_photo from api.search_gate($1, $2)",
            name: "search_gate", parameters: [.text(text), .bool(isExact)])
    }
}

/// One of those that were found.
struct FoundAtGate {
    /// `visitor`, `resident` or `unit`.
    let kind: String
    let id: Int64
    let title: String
    let unit: Int64?
    let place: String?
    /// Of a visit its status; of a resident what speaks against entering; else nil.
    let state: String?
    let plate: String?
    /// `2026-12-24`.
    let day: String?
    let host: String?
    let hasPhoto: Bool

    private init(_ row: Row) throws {
        kind = try row.text(0)
        id = try row.integer(1)
        title = try row.text(2)
        unit = try row.optionalInteger(3)
        place = try row.optionalText(4)
        state = try row.optionalText(5)
        plate = try row.optionalText(6)
        day = try row.optionalText(7)
        host = try row.optionalText(8)
        hasPhoto = try row.optionalBool(9) ?? false
    }

    static func all(_ rows: Rows) throws -> [FoundAtGate] { try rows.map(FoundAtGate.init) }
}
