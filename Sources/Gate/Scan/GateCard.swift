import Pages
import PostgreSQL
import Visitors
import Vocabulary
import Web

/// Who stands at the gate, beside a decision.
///
/// - SQL: `api.gate_card` (sql/functions/gate/gate_card.sql).
struct GateCard {
    let decidedAt: SiteTime
    let beginsSoon: Bool
    private let row: Row

    static func statement(_ log: Int64) -> Statement {
        Statement(
            "select decided_at, begins_soon, kind, person_id, has_photo, unit_id, unit, host, purpose, company, plate,"
                + " companions, party, valid_from, valid_until, max_uses, uses_left, last_at, last_gate, last_by,"
                + " inside_since, notes, begins_later,"
                + " was_inside_since, is_out_of_nowhere, gates, host_names, host_phones from api.gate_card($1)",
            name: "gate_card", parameters: [.integer(log)])
    }

    init(_ row: Row) throws {
        self.row = row
        decidedAt = SiteTime(try row.text(0))
        beginsSoon = try row.optionalBool(1) ?? false
    }

    /// Whether the visitor was inside before this decision.
    func isInside() throws -> Bool {
        let since = try row.optionalText(20)
        return try since != nil && since != row.text(0)
    }

    /// What the log says against this passage: nobody has seen the visitor come in, or leave.
    func remark(_ page: PageContext) throws -> Text? {
        if try row.optionalBool(24) == true {
            return Text("There is no record of this visitor coming in.", es: "No consta que haya entrado.")
        }
        guard let since = try row.optionalText(23) else { return nil }
        let isToday = try since.prefix(10) == row.text(0).prefix(10)
        let moment = isToday ? String(since.dropFirst(11).prefix(5)) : SiteTime(since).name(page)
        return Text("Already recorded as inside since \(moment).", es: "Ya consta dentro desde \(moment).")
    }

    /// Where a pass that is not for this gate opens; nil for nowhere or for another reason.
    func otherGates() throws -> Text? {
        guard !row.isNull(25) else { return nil }
        let gates = try row.textArray(25).joined(separator: ", ")
        return gates.isEmpty ? nil : Text("The pass is for: \(gates)", es: "El pase es para: \(gates)")
    }

    /// Who can answer for a visit that waits, each with a number to call.
    func hostsToCall(_ page: PageContext) throws -> HTML? {
        guard !row.isNull(26) else { return nil }
        let calls = try zip(row.textArray(26), row.textArray(27)).map { name, phone -> HTML in
            "<li>\(GateWords.name(name)) <a href=\"tel:\(phone.dialled)\">\(phone)</a></li>\n"
        }
        return "<ul class=\"history\">\n\(calls)</ul>\n"
    }

    /// The page of the visit or the resident; nil for nobody known.
    func place() throws -> String? {
        guard let person = try row.optionalInteger(3) else { return nil }
        return try row.optionalText(2) == "visitor" ? GatePath.visit(person) : GatePath.resident(person)
    }

    /// The picture; nil without one.
    func photo(_ page: PageContext) throws -> HTML? {
        guard let person = try row.optionalInteger(3), try row.bool(4) else { return nil }
        let path = try row.optionalText(2) == "visitor" ? GatePath.visitPhoto(person) : GatePath.residentPhoto(person)
        let label = page.localized(Text("Photo", es: "Fotografía"))
        return "<img class=\"photo\" src=\"\(path)\" alt=\"\(label)\" width=\"96\" height=\"96\">\n"
    }

    /// Everything known, most important first.
    func facts(_ page: PageContext) throws -> HTML {
        var facts: [(Text, HTML)] = []
        func add(_ label: Text, _ value: HTML?) { if let value { facts.append((label, value)) } }
        add(Text("Visits", es: "Visita a"), try text(7))
        add(Text("For", es: "Motivo"), try text(8))
        add(Text("Company", es: "Empresa"), try text(9))
        add(Text("Plate", es: "Placas"), try text(10))
        add(Text("Comes with", es: "Acompañantes"), try row.optionalInteger(11).flatMap { $0 > 0 ? "+\($0)" : nil })
        add(Text("Party", es: "Evento"), try text(12))
        add(Text("Valid from", es: "Vigente desde"), try row.optionalBool(22) == true ? time(13, page) : nil)
        add(Text("Valid until", es: "Vigente hasta"), try time(14, page))
        add(Text("Entries", es: "Entradas"), try uses(page))
        add(Text("Used last", es: "Último uso"), try lastUse(page))
        add(Text("Inside since", es: "Dentro desde"), try isInside() ? time(20, page) : nil)
        add(Text("Note", es: "Nota"), try text(21))
        let drawn = facts.map { "<div><dt>\(page.localized($0.0))</dt><dd>\($0.1)</dd></div>\n" as HTML }
        return drawn.isEmpty ? "" : "<dl class=\"facts\">\n\(drawn)</dl>\n"
    }

    private func text(_ column: Int) throws -> HTML? {
        guard let text = try row.optionalText(column), !text.isEmpty else { return nil }
        return HTML(column == 7 ? GateWords.name(text) : text)
    }

    private func time(_ column: Int, _ page: PageContext) throws -> HTML? {
        try row.optionalText(column).map { SiteTime($0).html(page) }
    }

    /// The home visited or lived in, with the way to its page; nil for none.
    func unit() throws -> HTML? {
        guard let id = try row.optionalInteger(5), let unit = try text(6) else { return nil }
        return "<a href=\"\(GatePath.unit(id))\">\(unit)</a>"
    }

    private func uses(_ page: PageContext) throws -> HTML? {
        guard let most = try row.optionalInteger(15), let left = try row.optionalInteger(16),
            most != IssuePass.unlimitedEntries
        else { return nil }
        return HTML(page.localized(Text("\(left) of \(most) left", es: "Le quedan \(left) de \(most)")))
    }

    private func lastUse(_ page: PageContext) throws -> HTML? {
        guard let moment = try time(17, page) else { return nil }
        let place = try [row.optionalText(18), row.optionalText(19)].compactMap(\.self).filter { !$0.isEmpty }
        return "\(moment) · \(place.joined(separator: " · "))"
    }
}
