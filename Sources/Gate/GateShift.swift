import Pages
import PostgreSQL
import Vocabulary
import Web

/// The open shift of the guard who looks: the gate that everything on the console is about.
///
/// - SQL: `api.current_shift` (sql/functions/gate/current_shift.sql).
struct GateShift {
    let id: Int64
    /// As PostgreSQL writes a moment.
    let openedAt: String
    let gate: Int64
    let gateName: String
    /// Which ways the gate is for.
    let directions: [Direction]

    static let statement = Statement(
        "select id, opened_at, access_point_id, access_point_name, is_entry, is_exit from api.current_shift()",
        name: "current_shift")

    init(_ row: Row) throws {
        id = try row.integer(0)
        openedAt = try row.text(1)
        gate = try row.integer(2)
        gateName = try row.text(3)
        directions = Self.directions(isEntry: try row.bool(4), isExit: try row.bool(5))
    }

    static func directions(isEntry: Bool, isExit: Bool) -> [Direction] {
        (isEntry ? [.entry] : []) + (isExit ? [.exit] : [])
    }

    /// Which ways the gate of an answer to ``statement`` is for; without a shift any, and whoever acts is led to choose a gate.
    static func directions(_ rows: Rows) throws -> [Direction] {
        try rows.first.map(GateShift.init)?.directions ?? directions(isEntry: true, isExit: true)
    }

    /// Nil while the guard watches no gate.
    static func current(_ page: PageContext) throws -> GateShift? {
        try page.context.run([statement])[0].first.map(GateShift.init)
    }
}

extension PageContext {
    /// An answer for who watches a gate; whoever watches none is led to choose one first.
    func atGate(_ answer: (GateShift) throws -> Response) throws -> Response {
        guard let shift = try GateShift.current(self) else { return seeOther(GatePath.shift) }
        return try answer(shift)
    }
}
