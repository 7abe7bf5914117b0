import Pages
import PostgreSQL
import Web

/// `/gate/shift/`: which gate the guard watches from now on; then notes, and the end of the shift.
///
/// - SQL: `api.open_shift`, `api.write_shift_note`, `api.close_shift` (sql/functions/gate/).
struct ShiftPage: FormPage {
    /// What a button of the page does.
    private enum Deed: String {
        case begin, note, end
    }

    private static let deed = "do"
    /// Whether the guard goes to another gate.
    private let isMoving: Bool

    init(_ request: Request) throws(HTTPError) {
        isMoving = request.queryValue("move") != nil
    }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let found = try page.context.run([GateShift.statement, Self.gates, OtherShift.statement, LastShift.statement])
        let shifts = try found[2].map(OtherShift.init)
        if let shift = try found[0].first.map(GateShift.init), !isMoving, answer.text(Self.deed) != Deed.begin.rawValue
        {
            return try overview(shift, answer, page)
        }
        let gates = try found[1].map { FormOption(try $0.text(0), named: try $0.text(1)) }
        let last = try found[3].first.map(LastShift.init)
        return choice(gates, shifts.filter { $0.isOpen && !$0.isOwn }, last, answer, page)
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        switch Deed(rawValue: form.text(Self.deed)) {
        case .note:
            _ = try page.context.run([Self.note(form.text("note"))])
            return page.seeOther(
                GatePath.shift, notice: Text("The note is written down.", es: "La nota quedó anotada."))
        case .end:
            let ended = try page.context.run([Self.end(form.text("handover"))])[0].single().integer(0)
            return page.seeOther(
                GatePath.shift(ended), notice: Text("Your shift has ended.", es: "Su turno terminó."))
        case .begin, nil: return try begin(form, page)
        }
    }

    /// On to what the guard must read first.
    private func begin(_ form: Form, _ page: PageContext) throws -> Response {
        let (gate, relieved) = try form.read { fields in
            (fields.integer("access_point", WholeNumber.identifiers), fields.identifiers("relieves"))
        }
        let found = try page.context.run([
            Statement(
                "select api.open_shift($1, $2)", name: "open_shift",
                parameters: [.integer(gate), .integerArray(relieved)]),
            StandingOrders.unread, OtherShift.statement,
        ])
        let handedOver = try found[2].map(OtherShift.init).contains { $0.gate == gate && !$0.isOpen }
        return page.seeOther(found[1].isEmpty && !handedOver ? GatePath.console : GatePath.orders)
    }

    // MARK: Choosing a gate

    private func choice(
        _ gates: [FormOption], _ others: [OtherShift], _ last: LastShift?, _ answer: FormAnswer, _ page: PageContext
    ) -> Response {
        let watching = others.map { FormOption(String($0.id), named: $0.name(page)) }
        var fields = [
            FormField(
                "access_point", .gate, .choice(gates, blank: "—"),
                [answer.form?.text("access_point") ?? last.map { String($0.gate) } ?? ""])
        ]
        if !watching.isEmpty {
            fields.append(
                FormField(
                    "relieves", Text("Who are you relieving?", es: "¿A quién releva?"), .boxes(watching),
                    answer.form?.texts("relieves") ?? [],
                    hint: Text(
                        "That shift ends; the guard stays signed in.",
                        es: "Ese turno termina; el guardia conserva su sesión."),
                    required: false))
        }
        let form = PageForm(
            GatePath.shift, fields, submit: Text("Begin the shift", es: "Iniciar turno"), errors: answer.errors,
            hidden: [QueryItem(Self.deed, Deed.begin.rawValue)])
        return page.gate(
            Text("Which gate do you watch?", es: "¿En qué acceso está?"), status: answer.status,
            "\(last?.relief(page))\(form.html(page))")
    }

    // MARK: In the shift

    private func overview(_ shift: GateShift, _ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let found = try page.context.run([ShiftSummary.statement(shift.id), ShiftSummary.notes(shift.id)])
        let summary = try ShiftSummary(found[0].single(), notes: found[1])
        let isEnding = answer.text(Self.deed) == Deed.end.rawValue
        let note = PageForm(
            GatePath.shift,
            [FormField("note", Text("New note", es: "Nota nueva"), .lines, [answer.text("note")])],
            submit: Text("Add note", es: "Anotar"), errors: isEnding ? [] : answer.errors,
            hidden: [QueryItem(Self.deed, Deed.note.rawValue)])
        let end = PageForm(
            GatePath.shift,
            [
                FormField(
                    "handover", Text("Message for the next guard", es: "Mensaje para quien sigue"), .lines,
                    [answer.text("handover")],
                    hint: Text(
                        "What the next guard should know; the figures above go with it.",
                        es: "Lo que debe saber quien sigue; las cifras de arriba van incluidas."), required: false)
            ],
            submit: Text("End the shift", es: "Terminar turno"), errors: isEnding ? answer.errors : [],
            hidden: [QueryItem(Self.deed, Deed.end.rawValue)])
        return page.gate(
            page.localized(.shift), status: answer.status,
            """
            <p class="tools"><a href="\(GatePath.console)">\(page.localized(.console))</a>\
            <a href="\(GatePath.shift)?move=1">\(page.localized(Text("Go to another gate", es: "Cambiar de acceso")))</a>\
            <a href="\(GatePath.orders)">\(page.localized(Text("Standing orders", es: "Consignas")))</a></p>
            \(summary.html(page))
            \(note.html(page))
            <h2>\(page.localized(.handover))</h2>
            \(end.html(page))
            """)
    }

    private static func note(_ text: String) -> Statement {
        Statement("select api.write_shift_note($1)", name: "write_shift_note", parameters: [.text(text)])
    }

    private static func end(_ handover: String) -> Statement {
        Statement("select api.close_shift($1)", name: "close_shift", parameters: [.text(handover.withLineFeeds)])
    }

    private static let gates = Statement(
        "select p.id::text, p.name from garita.access_points as p where p.is_active order by p.name",
        name: "gates to watch")
}

/// A shift that lasts, or the last one at its gate that has ended and left something to read.
///
/// - SQL: `api.list_shifts` (sql/functions/gate/list_shifts.sql).
struct OtherShift {
    let id: Int64
    let gate: Int64
    let isOpen: Bool
    let isOwn: Bool
    private let gateName: String
    private let guardName: String
    private let openedAt: String
    private let handover: String

    static let statement = Statement(
        "select id, access_point_id, access_point_name, guard, is_own, opened_at::text, closed_at is null, handover"
            + " from api.list_shifts()", name: "list_shifts")

    init(_ row: Row) throws {
        id = try row.integer(0)
        gate = try row.integer(1)
        gateName = try row.text(2)
        guardName = try row.text(3)
        isOwn = try row.bool(4)
        openedAt = try row.text(5)
        isOpen = try row.bool(6)
        handover = try row.text(7)
    }

    /// `Gil Paz · Norte · since 22 Nov 2026, 18:00`.
    func name(_ page: PageContext) -> String {
        "\(guardName) · \(gateName) · \(page.localized(Text("since", es: "desde"))) \(SiteTime(openedAt).name(page))"
    }

    /// What it hands over, and a way to all of it.
    func html(_ page: PageContext) -> HTML {
        """
        <h2>\(page.localized(.handover))</h2>
        <p class="quiet">\(guardName) · <a href="\(GatePath.shift(id))">\(page.localized(Text("Summary of the shift", es: "Resumen del turno")))</a></p>
        <p class="lines">\(handover)</p>
        """
    }
}

/// The own shift before, for who begins the next one.
///
/// - SQL: `api.own_last_shift` (sql/functions/gate/own_last_shift.sql).
struct LastShift {
    let gate: Int64
    private let relievedBy: String?
    private let closedAt: String?
    private let isOfToday: Bool

    static let statement = Statement(
        "select access_point_id, relieved_by, closed_at::text, closed_at::date = current_date from api.own_last_shift()",
        name: "own_last_shift")

    init(_ row: Row) throws {
        gate = try row.integer(0)
        relievedBy = try row.optionalText(1)
        closedAt = try row.optionalText(2)
        isOfToday = try row.optionalBool(3) ?? false
    }

    /// Who took over and when; nil where nobody did.
    func relief(_ page: PageContext) -> HTML? {
        guard let relievedBy, let closedAt else { return nil }
        let hour = closedAt.dropFirst(11).prefix(5)
        let day = SiteTime(closedAt).name(page)
        let said =
            isOfToday
            ? Text("\(relievedBy) relieved you at \(hour).", es: "\(relievedBy) le relevó a las \(hour).")
            : Text("\(relievedBy) relieved you: \(day).", es: "\(relievedBy) le relevó: \(day).")
        return "<p class=\"notice\" role=\"status\">\(page.localized(said))</p>\n"
    }
}

extension Text {
    static let gate = Text("Gate", es: "Acceso")
    static let handover = Text("Hand-over", es: "Entrega de turno")
}
