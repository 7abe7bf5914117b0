import Pages
import PostgreSQL
import Vocabulary
import Web

/// A row of the log as the console shows it, with what was found wrong with it.
struct LoggedDecision {
    let id: Int64
    let time: String
    let direction: Direction
    let granted: Bool
    let reasons: [String]
    let warnings: [String]
    let person: String
    let unit: String
    let hint: String
    let notes: String
    let gate: String
    let corrections: [Correction]
    /// What became of the doors that it opened, the worst of them; nil for none.
    let doors: OpeningState?
    /// Refused two hours before its pass begins, or less.
    private let beginsSoon: Bool

    /// What somebody found wrong.
    struct Correction {
        let kind: Text
        let reason: String
    }

    private static let columns = """
        l.id, l.timestamp, l.access_type, l.status = 'SUCCESS', l.reasons, l.warnings, l.person_name, l.unit_display,\
         l.code_hint, l.notes, l.access_point_name,\
         (select coalesce(array_agg(c.kind order by c.id), '{}') from garita.log_corrections as c where c.log_id = l.id),\
         (select coalesce(array_agg(c.reason order by c.id), '{}') from garita.log_corrections as c where c.log_id = l.id),\
         (select t.valid_from > l.timestamp and t.valid_from < l.timestamp + interval '2 hours'\
         from garita.temporary_codes as t where t.id = l.temporary_code_id),\
         \(OpeningState.sql(ofLog: "l.id"))
        """

    /// The newest ten of a gate in a day.
    static func newest(at gate: Int64) -> Statement {
        Statement(
            "select \(columns) from garita.access_logs as l where l.access_point_id = $1"
                + " and l.timestamp > now() - interval '24 hours' order by l.timestamp desc, l.id desc limit 10",
            name: "newest decisions", parameters: [.integer(gate)])
    }

    static func one(_ id: Int64) -> Statement {
        Statement(
            "select \(columns) from garita.access_logs as l where l.id = $1"
                + " and l.timestamp > now() - interval '30 days'",
            name: "decision", parameters: [.integer(id)])
    }

    init(_ row: Row) throws {
        id = try row.integer(0)
        time = try row.text(1)
        direction = Direction(rawValue: try row.text(2)) ?? .entry
        granted = try row.bool(3)
        reasons = try row.textArray(4)
        warnings = try row.textArray(5)
        person = try row.text(6)
        unit = try row.text(7)
        hint = try row.text(8)
        notes = try row.text(9)
        gate = try row.text(10)
        corrections = try zip(row.textArray(11), row.textArray(12)).map { kind, reason in
            Correction(kind: CorrectionKind(rawValue: kind)?.label ?? CorrectionKind.other.label, reason: reason)
        }
        beginsSoon = try row.optionalBool(13) ?? false
        doors = try row.optionalText(14).flatMap(OpeningState.init)
    }

    var colour: GateColour {
        GateColour(granted: granted, reasons: reasons, warnings: warnings, beginsSoon: beginsSoon)
    }

    var isEmergency: Bool { warnings.contains("emergency") }

    /// Who, where to, and why not.
    func about(_ page: PageContext) -> String {
        let why = reasons.isEmpty ? warnings.filter { !GateColour.usual.contains($0) } : reasons
        return ([unit, hint.isEmpty ? "" : "••\(hint)"] + why.map { page.localized(GateWords.warning($0)) } + [notes])
            .filter { !$0.isEmpty }.joined(separator: " · ")
    }
}

/// What a guard finds wrong with a decision.
enum CorrectionKind: String, CaseIterable {
    case didNotPass = "did_not_pass"
    case wrongPerson = "wrong_person"
    case other

    var label: Text {
        switch self {
        case .didNotPass: Text("The person did not pass", es: "La persona no pasó")
        case .wrongPerson: Text("It was somebody else", es: "Era otra persona")
        case .other: Text("Note", es: "Nota")
        }
    }
}

/// The last ten decisions of the gate, below the box.
enum RecentDecisions {
    static func html(_ page: PageContext, _ rows: Rows) throws -> HTML {
        let decisions = try rows.map(LoggedDecision.init)
        guard !decisions.isEmpty else { return "" }
        return """
            <section class="recent"><h2>\(page.localized(Text("Last decisions", es: "Últimos registros")))</h2>
            <ol class="rows decisions">
            \(decisions.map { row($0, page) })</ol></section>

            """
    }

    private static func door(_ one: LoggedDecision, _ page: PageContext) -> HTML? {
        one.doors.map { state in
            """
            <p><a href="\(GatePath.openings(ofDecision: one.id))">\(page.localized(.door))</a>: \
            <span class="badge\(" bad", if: state.isBad)">\(page.localized(state.label))</span></p>
            """
        }
    }

    private static func row(_ one: LoggedDecision, _ page: PageContext) -> HTML {
        let name = page.localized(GateWords.person(one.person))
        let isUndone = one.corrections.contains { $0.kind == CorrectionKind.didNotPass.label }
        let corrections = one.corrections.map { correction in
            "<p class=\"quiet\">\(page.localized(correction.kind)): \(correction.reason)</p>" as HTML
        }
        return """
            <li class="\(one.colour.rawValue)"><div><time datetime="\(one.time.prefix(19))">\(one.time.dropFirst(11).prefix(5))</time> \
            <strong>\(page.localized(one.colour.word(granted: one.granted, one.direction)))</strong> \
            \(isUndone ? "<del>\(name)</del>" : HTML(name))
            <p>\(one.about(page))</p>\(door(one, page))\(corrections)</div>
            <a href="\(GatePath.decision(one.id))" aria-label="\(page.localized(Text("Correct", es: "Corregir"))): \(name)">\
            \(page.localized(Text("Correct", es: "Corregir")))</a></li>

            """
    }
}
