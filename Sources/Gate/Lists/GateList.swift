import PostgreSQL
import Vocabulary
import Web

/// A list of visits that a guard works with.
///
/// - SQL: `api.list_gate_visits` (sql/functions/gate/list_gate_visits.sql).
enum GateList: String, CaseIterable {
    case expected, waiting, inside

    /// How many the console shows of each.
    static let shown: Int64 = 20
    /// As many as there may be on paper.
    static let all: Int64 = 5000

    var title: Text {
        switch self {
        case .expected: Text("Expected today", es: "Esperadas hoy")
        case .waiting: Text("Waiting for an answer", es: "Por autorizar")
        case .inside: Text("Inside now", es: "Dentro ahora")
        }
    }

    /// Where there is room for one word.
    var shortTitle: Text {
        switch self {
        case .expected: Text("Expected", es: "Esperadas")
        case .waiting: title
        case .inside: Text("Inside", es: "Dentro")
        }
    }

    /// What it says when there is nobody.
    var nobody: Text {
        switch self {
        case .expected: Text("Nobody else is expected today.", es: "No se espera a nadie más hoy.")
        case .waiting: Text("Nobody is waiting.", es: "Nadie está esperando.")
        case .inside: Text("No visitor is inside.", es: "No hay visitas dentro.")
        }
    }

    /// Those of the list.
    ///
    /// - Parameters:
    ///   - words: of a name, a plate, a company or a home; empty for any.
    ///   - unit: the home that they visit; nil for any.
    ///   - limit: at most so many.
    func statement(words: String = "", unit: Int64? = nil, limit: Int64 = shown) -> Statement {
        Statement(
            "select id, name, unit_id, unit, kind, company, plate, companions, party, expected_time::text, since::text,"
                + " is_late, certainty, visits, people, host_ids, host_names, host_phones, current_date::text"
                + " from api.list_gate_visits($1, $2, $3, $4::integer)",
            name: "list_gate_visits",
            parameters: [.text(rawValue), .text(words), .optionalInteger(unit), .integer(limit)])
    }
}

/// One visit of a list.
struct GateVisit {
    let id: Int64
    let name: String
    let unit: Int64
    let unitName: String
    let kind: String
    let company: String
    let plate: String
    let companions: Int64
    let party: String
    /// `18:30:00`; nil for any time.
    let expectedTime: String?
    /// Since when it waits or is inside, as PostgreSQL writes a moment.
    let since: String?
    /// The day of the site.
    let today: String
    /// Longer inside than usual for its kind.
    let isLate: Bool
    let certainty: Certainty?
    /// The residents who may answer.
    let hosts: [Host]

    /// Somebody who lives in the home.
    struct Host {
        let id: Int64
        let name: String
        let phone: String
    }

    /// How sure it is that the visitor is inside.
    enum Certainty: String {
        case sure, likely, doubtful

        var label: Text {
            switch self {
            case .sure: Text("sure", es: "seguro")
            case .likely: Text("likely", es: "probable")
            case .doubtful: Text("doubtful", es: "dudoso")
            }
        }
    }

    init(_ row: Row) throws {
        id = try row.integer(0)
        name = try row.text(1)
        unit = try row.integer(2)
        unitName = try row.text(3)
        kind = try row.text(4)
        company = try row.text(5)
        plate = try row.text(6)
        companions = try row.integer(7)
        party = try row.text(8)
        expectedTime = try row.optionalText(9)
        since = try row.optionalText(10)
        today = try row.text(18)
        isLate = try row.bool(11)
        certainty = try row.optionalText(12).flatMap(Certainty.init)
        hosts = row.isNull(15) ? [] : try Self.hosts(row)
    }

    private static func hosts(_ row: Row) throws -> [Host] {
        let (ids, names, phones) = (try row.integerArray(15), try row.textArray(16), try row.textArray(17))
        return ids.indices.map { Host(id: ids[$0], name: names[$0], phone: phones[$0]) }
    }
}

/// Some visits of a list, and how many there are.
struct GateVisits {
    let list: GateList
    let shown: [GateVisit]
    /// Of the whole list.
    let visits: Int64
    /// With those who come along.
    let people: Int64
    /// Which ways the gate is for: who may not pass here is offered no way.
    let directions: [Direction]

    init(_ list: GateList, _ rows: Rows, at directions: [Direction]) throws {
        self.directions = directions
        self.list = list
        shown = try rows.map(GateVisit.init)
        visits = try rows.first?.integer(13) ?? 0
        people = try rows.first?.integer(14) ?? 0
    }
}
