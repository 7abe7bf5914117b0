import Cryptography
import Pages
import Vocabulary
import Web

/// Who may be meant, each with what a guard does next.
struct SearchPage {
    let found: [FoundAtGate]
    let box: GateBox
    /// What the text would be as a code; nil where it is none.
    let code: GateCode?

    func response(_ page: PageContext) throws -> Response {
        let list: HTML =
            found.isEmpty
            ? "<p class=\"empty\">\(page.localized(Self.nobody))</p>\n"
            : "<ul class=\"rows people\">\n\(found.map { row($0, page) })</ul>\n"
        let newcomer: HTML = """
            <a class="button quiet" href="\(GatePath.walkIn)">\(page.localized(.walkIn))</a>
            <a class="button quiet" href="\(GatePath.manual)">\(page.localized(.enterByHand))</a>
            """
        return page.gate(
            page.localized(Text("Results", es: "Resultados")), above: box.html(page), module: "gate.js",
            "\(list)\(asCode(page))<p class=\"tools\">\(newcomer)</p>")
    }

    /// The same text as a code.
    private func asCode(_ page: PageContext) -> HTML? {
        guard code != nil else { return nil }
        return Self.button(
            box.text, "as_code", Text("Try it as a code", es: "Probar como código"), box.direction, page)
    }

    /// Below a code that nobody knows: the same text among people.
    static func offer(_ text: String, _ box: GateBox, _ page: PageContext) -> HTML {
        button(text, "as_words", Text("Look for it among people", es: "Buscarlo entre personas"), box.direction, page)
    }

    private static func button(
        _ text: String, _ name: String, _ label: Text, _ direction: Direction, _ page: PageContext
    ) -> HTML {
        """
        <form class="tools" method="post" action="\(GatePath.scan)" data-verdict>\(page.layout.formToken)\
        \(GateBox.hidden(direction))<input type="hidden" name="q" value="\(text)">\
        <button class="quiet" name="\(name)" value="1">\(page.localized(label))</button></form>

        """
    }

    private func row(_ one: FoundAtGate, _ page: PageContext) -> HTML {
        let path =
            switch one.kind {
            case "visitor": GatePath.visit(one.id)
            case "resident": GatePath.resident(one.id)
            default: GatePath.unit(one.id)
            }
        let about = [
            one.kind == "resident" ? page.localized(Role.resident.title) : nil, one.kind == "unit" ? nil : one.place,
            one.host, one.plate, one.day.map { Day($0).name(page) },
        ].compactMap(\.self).filter { !$0.isEmpty }
        let photo: HTML? =
            one.hasPhoto
            ? """
            <img class="photo" src="\(one.kind == "visitor" ? GatePath.visitPhoto(one.id) : GatePath.residentPhoto(one.id))" \
            alt="" width="48" height="48">
            """ : nil
        return """
            <li>\(photo)<div><a href="\(path)"><strong>\(one.title)</strong></a>\(badge(one, page))
            <p>\(about.joined(separator: " · "))</p></div>\(step(one, page))</li>

            """
    }

    private func badge(_ one: FoundAtGate, _ page: PageContext) -> HTML? {
        let words: (Text, isBad: Bool)? =
            switch one.state {
            case "PENDING": (Text("waiting for approval", es: "por autorizar"), true)
            case "CHECKED_IN": (Text("inside", es: "dentro"), false)
            case "DENIED": (Text("refused", es: "rechazada"), true)
            case "CHECKED_OUT": (Text("left", es: "salió"), false)
            case "moved_out", "person_not_authorized": (GateWords.warning(one.state ?? ""), true)
            default: nil
            }
        return words.map { " <span class=\"badge\(" bad", if: $0.isBad)\">\(page.localized($0.0))</span>" }
    }

    /// What is done with a visit in one tap.
    private func step(_ one: FoundAtGate, _ page: PageContext) -> HTML? {
        guard one.kind == "visitor" else { return nil }
        switch one.state {
        case "CHECKED_IN" where box.shift.directions.contains(.exit):
            return Self.exit(one.id, page, from: box.direction)
        case "APPROVED" where box.shift.directions.contains(.entry),
            "CHECKED_OUT" where box.shift.directions.contains(.entry):
            return Self.admit(one.id, page, from: box.direction)
        default: return nil
        }
    }

    /// The button that lets a visitor in.
    ///
    /// - Parameter console: what the console goes on with; nil for the first direction of the gate.
    static func admit(_ id: Int64, _ page: PageContext, from console: Direction? = nil) -> HTML {
        pass(GatePath.admit(id), .admit, console, page)
    }

    /// The button that lets a visitor out.
    ///
    /// - Parameter console: what the console goes on with; nil for the first direction of the gate.
    static func exit(_ id: Int64, _ page: PageContext, from console: Direction? = nil) -> HTML {
        pass(GatePath.exit(id), .letOut, console, page)
    }

    private static func pass(_ path: String, _ label: Text, _ console: Direction?, _ page: PageContext) -> HTML {
        """
        <form method="post" action="\(path)" data-verdict>\(page.layout.formToken)\(GateBox.hidden(console))\
        <button>\(page.localized(label))</button></form>
        """
    }

    private static let nobody = Text(
        "Nobody and no unit was found by this.", es: "No se encontró a nadie ni ninguna unidad con eso.")
}

extension Text {
    /// Who has no code and no visit passes, and why.
    static let enterByHand = Text("Entry by hand", es: "Entrada manual")
}
