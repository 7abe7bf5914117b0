import AccessControl
import JSON
import Pages
import PostgreSQL
import Vocabulary
import Web

/// The answer of the gate: a colour over the whole screen, one word, and the card of who stands there.
struct VerdictPage {
    let verdict: Verdict
    let shift: GateShift
    let direction: Direction
    /// What the console goes on with; nil for the first direction of the gate.
    ///
    /// Whoever was let out by name must not turn the next scans into exits.
    var next: Direction?
    /// What else may be done after a refusal, such as looking for the same text.
    var after: HTML?

    /// One more round trip, for the card and the doors; how far they come is told later.
    func response(_ page: PageContext) throws -> Response {
        let found = try verdict.logID.map { log in
            try page.context.run([GateCard.statement(log), Opening.statement(.ofDecision(log))])
        }
        let card = try found?[0].first.map(GateCard.init)
        let openings = try found.map { try Openings($0[1], .ofDecision(verdict.logID ?? 0)) }
        let remark = verdict.granted ? try card?.remark(page) : nil
        let colour = GateColour(
            granted: verdict.granted, reasons: verdict.reasons.map(\.name), warnings: verdict.warnings,
            hasAttention: !lookalikes.isEmpty || remark != nil, beginsSoon: card?.beginsSoon ?? false)
        let word = page.localized(colour.word(granted: verdict.granted, direction))
        return page.gate(
            word, above: GateBox(shift: shift, direction: console).html(page), module: "gate.js",
            """
            <section class="verdict \(colour.rawValue)" data-colour="\(colour.rawValue)">
            \(colour == .green ? Icon.done : colour == .amber ? Icon.warning : Icon.off)
            \(try person(page, card))\(openings?.html(page))\(try sentences(page, card, remark))\(try step(page, card))\(after)
            <p class="tools"><a class="button" href="\(GatePath.console(console))" data-next>\
            \(page.localized(Text("Next", es: "Siguiente")))</a>\(correction(page))</p>
            \(try card?.facts(page))
            </section>
            """)
    }

    private var console: Direction { next ?? shift.direction(nil) }

    /// What a guard may do about a refused visitor: let out who is inside, admit by name whose kind of code is not read.
    private func step(_ page: PageContext, _ card: GateCard?) throws -> HTML? {
        guard !verdict.granted, direction == .entry, let visit = verdict.visitorID else { return nil }
        if try card?.isInside() == true, shift.directions.contains(.exit) {
            return SearchPage.exit(visit, page, from: console)
        }
        let reasons = Set(verdict.reasons.map(\.name))
        if reasons == ["method_not_supported"] { return SearchPage.admit(visit, page, from: console) }
        let isPending = reasons == ["approval_pending"]
        // Whose pass is used up or over may enter by a resident's word.
        guard isPending || reasons.isSubset(of: ["expired", "no_uses_left"]) else { return nil }
        let label = isPending ? Text("Approve or refuse", es: "Autorizar o rechazar") : Self.askResident
        return """
            \(try card?.hostsToCall(page))\
            <p class="tools"><a class="button" href="\(GatePath.visit(visit))">\(page.localized(label))</a></p>

            """
    }

    private static let askResident = Text("Ask a resident", es: "Preguntar a un residente")

    private func person(_ page: PageContext, _ card: GateCard?) throws -> HTML? {
        guard let known = verdict.personName else { return nil }
        let name: HTML = "<strong>\(page.localized(GateWords.person(known)))</strong>"
        let linked: HTML = try card?.place().map { "<a href=\"\($0)\">\(name)</a>" } ?? name
        return "\(try card?.photo(page))<p class=\"whom\">\(linked) \(try card?.unit())</p>\n"
    }

    /// Why not, or what to look at, in words.
    private func sentences(_ page: PageContext, _ card: GateCard?, _ remark: Text?) throws -> HTML {
        var names = verdict.reasons.map(\.name)
        if verdict.granted { names += verdict.warnings.filter { !GateColour.usual.contains($0) } }
        let said =
            names.map { GateWords.reason($0, ofVisitor: verdict.visitorID != nil) }
            + [remark, try card?.otherGates()].compactMap(\.self)
        var lines = said.map { GateWords.sentence(page.localized($0)) }
        if let seconds = verdict.retryAfter {
            lines.append(page.localized(Text("Try again in \(seconds) s.", es: "Intente de nuevo en \(seconds) s.")))
        }
        lines += lookalikes.map { name in
            page.localized(
                Text("Resembles a restricted person: \(name)", es: "Se parece a una persona restringida: \(name)"))
        }
        if verdict.granted, !lines.isEmpty {
            lines.insert(page.localized(Text("May pass. Look at this:", es: "Puede pasar. Revise esto:")), at: 0)
        }
        let again: HTML? =
            verdict.isReplayed
            ? """
            <p class="notice" role="status">\(page.localized(Self.replayed)) \(card.map { $0.decidedAt.html(page) })</p>

            """ : nil
        guard !lines.isEmpty else { return again ?? "" }
        return "\(again)<ul class=\"why\">\(lines.map { "<li>\($0)</li>" as HTML })</ul>\n"
    }

    /// Entries of the block list that are like this person.
    private var lookalikes: [String] {
        (verdict.attention.elements ?? []).map { entry in
            [entry["display"], entry["reason"]].compactMap { $0?.stringValue }.filter { !$0.isEmpty }
                .joined(separator: " · ")
        }
    }

    private func correction(_ page: PageContext) -> HTML? {
        verdict.logID.map { log in
            """
            <a class="button quiet" href="\(GatePath.decision(log))">\
            \(page.localized(Text("Correct this", es: "Corregir")))</a>
            """
        }
    }

    private static let replayed = Text(
        "This was decided before; nothing was counted again. Decided:",
        es: "Esto ya se había decidido; no se contó otra vez. Decidido:")
}
