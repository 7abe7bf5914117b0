import Pages
import PostgreSQL
import Vocabulary
import Web

/// One opening of a door, as the outbox has it.
struct Opening {
    let door: String
    let state: OpeningState
    /// The contact may still tell more.
    let mayMove: Bool

    /// Which openings.
    enum Source {
        /// By its number, or those of a decision.
        case one(Int64), ofDecision(Int64)

        /// Where a person, or the script, asks again how far they have come.
        var path: String {
            switch self {
            case .one(let id): GatePath.opening(id)
            case .ofDecision(let log): GatePath.openings(ofDecision: log)
            }
        }
    }

    static func statement(_ source: Source) -> Statement {
        let (condition, id) =
            switch source {
            case .one(let id): ("o.id = $1", id)
            case .ofDecision(let log): ("o.log_id = $1", log)
            }
        return Statement(
            "select d.name, \(OpeningState.outcomeSQL("o")), coalesce(s.contact is not null and o.state in ('accepted', 'confirmed')"
                + " and o.sent_at + (d.open_seconds + 10) * interval '1 second' > clock_timestamp(), false)"
                + " from garita.outbox as o join garita.doors as d on d.id = o.door_id"
                + " left join garita.door_states as s on s.door_id = d.id"
                + " where \(condition) and o.kind = 'open' order by d.name, o.id",
            name: "openings \(condition)", parameters: [.integer(id)])
    }

    init(_ row: Row) throws {
        door = try row.text(0)
        state = OpeningState(rawValue: try row.text(1)) ?? .unknown
        mayMove = try row.bool(2) && state != .opened
    }
}

/// What becomes of the doors that were opened: a line for each, which the script keeps asking for (web/static/gate-doors.js).
struct Openings {
    private let all: [Opening]
    private let source: Opening.Source

    init(_ rows: Rows, _ source: Opening.Source) throws {
        all = try rows.map(Opening.init)
        self.source = source
    }

    var isEmpty: Bool { all.isEmpty }
    private var isSettled: Bool { all.allSatisfy { $0.state.isSettled && !$0.mayMove } }
    private var isBad: Bool { all.contains(where: \.state.isBad) }

    /// Nil where there was no door to open.
    func html(_ page: PageContext) -> HTML? {
        guard !isEmpty else { return nil }
        let again: HTML? =
            isSettled
            ? nil : " <a href=\"\(source.path)\">\(page.localized(Text("Look again", es: "Ver de nuevo")))</a>"
        return """
            <div class="openings\(" bad", if: isBad)" role="status" data-openings="\(source.path)"\(" data-settled", if: isSettled)>
            \(all.map { line($0, page) })\(again)</div>

            """
    }

    private func icon(_ state: OpeningState) -> HTML? {
        if state.isBad || state == .unmoved { return Icon.warning }
        return state == .confirmed || state == .opened ? Icon.done : nil
    }

    private func line(_ one: Opening, _ page: PageContext) -> HTML {
        let advice: HTML? =
            one.state.isBad
            ? ". <strong>\(page.localized(Text("Open by hand.", es: "Abra a mano.")))</strong>" : nil
        return """
            <p>\(icon(one.state))\(page.localized(.door)) \
            \(one.door): <strong>\(page.localized(one.state.label))</strong>\(advice)</p>

            """
    }
}

/// `/gate/openings/{id}/` and `/gate/decisions/{id}/doors/`: how far it has come.
struct ShowOpenings {
    private let source: Opening.Source

    init(_ source: Opening.Source) { self.source = source }

    func respond(_ page: PageContext) throws -> Response {
        let openings = try Openings(page.context.run([Opening.statement(source)])[0], source)
        guard !openings.isEmpty else { throw HTTPError.notFound() }
        return page.gate(
            Text("Opening of the door", es: "Apertura de la puerta"),
            """
            \(openings.html(page))
            <p class="tools"><a class="button" href="\(GatePath.console)">\(page.localized(.backToGate))</a>
            <a class="button quiet" href="\(GatePath.doors)">\(page.localized(.doorsOfGate))</a></p>
            """)
    }
}

extension Text {
    static let door = Text("Door", es: "Puerta")
    static let doorsOfGate = Text("Doors", es: "Puertas")
    static let openAllDoors = Text("Open ALL doors", es: "Abrir TODAS las puertas")
}
