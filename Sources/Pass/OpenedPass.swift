import Cryptography
import PostgreSQL
import Visitors
import Vocabulary
import Web

/// A pass as its visitor may see it.
///
/// - SQL: `api.open_pass` (sql/functions/pass/open_pass.sql).
struct OpenedPass {
    let siteName: String
    /// Code of the language of the residence.
    let language: String
    let address: String
    /// `https://…`; empty for none.
    let mapURL: String
    let state: PassState
    let firstName: String
    /// What the residence lets visitors read.
    let unit: String?
    let host: String?
    let companions: Int64
    let plate: String
    let canChangePlate: Bool
    let canCancel: Bool
    /// Nil once it is good for nothing.
    let code: GateCode?
    let isOneTime: Bool
    /// As PostgreSQL writes moments, in the time of the site, down to the minute.
    let validFrom: String
    let validUntil: String
    let usesLeft: Int64
    let maximumUses: Int64
    let hours: Hours?
    /// Gates that it opens, by name.
    let gates: [String]
    /// The last times that it opened, newest first.
    let visits: [Visit]
    /// When the visitor is expected, as ``validFrom``; nil for any time, and where ``hours`` say it.
    let expected: String?

    /// When a pass opens that is for certain days and hours.
    struct Hours {
        let days: Weekdays
        /// `08:00`; the end of a day is `24:00`.
        let from: String
        let until: String

        var isAllDay: Bool { from == "00:00" && until == "24:00" }
    }

    /// One time that it opened a gate.
    struct Visit {
        let moment: String
        let direction: Direction?
        let gate: String
    }

    private static let columns =
        "site_name, language, address, map_url, state, first_name, unit, host, companions, plate, can_change_plate,"
        + " can_cancel, code_type, code_sealed, code_tag, key_version, valid_from, valid_until, uses_left, max_uses,"
        + " weekdays, starts_at, ends_at, gates, moments, ways, places, expected"

    /// Nil for a link of none.
    ///
    /// - Parameter isLook: whether it is shown to somebody, which is written down once.
    static func find(_ place: PassPlace, _ context: Context, isLook: Bool) throws -> OpenedPass? {
        let rows = try context.database.run(
            Statement(
                "select \(columns) from api.open_pass($1, $2)", name: "open_pass",
                parameters: [place.tags(context), .bool(isLook)]))
        return try rows.first.map { try OpenedPass($0, context) }
    }

    private init(_ row: Row, _ context: Context) throws {
        siteName = try row.text(0)
        language = try row.text(1)
        address = try row.text(2)
        mapURL = try row.text(3)
        guard let state = PassState(rawValue: try row.text(4)) else { throw HTTPError.internalError }
        self.state = state
        firstName = try row.text(5)
        unit = try row.optionalText(6)
        host = try row.optionalText(7)
        companions = try row.integer(8)
        plate = try row.text(9)
        canChangePlate = try row.bool(10)
        canCancel = try row.bool(11)
        isOneTime = CodeType(rawValue: try row.text(12)) == .oneTime
        let tag = try row.bytes(14)
        let generation = try row.integer(15)
        code = try row.optionalBytes(13).flatMap { sealed in
            GateCode(reading: try context.keys.codes.open(sealed, tag: tag, generation: Int(generation)))
        }
        validFrom = try row.text(16)
        validUntil = try row.text(17)
        usesLeft = try row.integer(18)
        maximumUses = try row.integer(19)
        hours =
            row.isNull(20)
            ? nil
            : Hours(days: Weekdays(try row.integer(20)), from: try row.text(21), until: try row.text(22))
        gates = try row.textArray(23)
        visits = zip(try row.textArray(24), zip(try row.textArray(25), try row.textArray(26))).map {
            Visit(moment: $0, direction: Direction(rawValue: $1.0), gate: $1.1)
        }
        expected = try row.optionalText(27)
    }
}
