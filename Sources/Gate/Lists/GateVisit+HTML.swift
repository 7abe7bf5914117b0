import Pages
import Resource
import Visitors
import Vocabulary
import Web

extension GateVisit {
    /// The visit in a list, with what is done in one tap.
    func html(_ list: GateList, at directions: [Direction], _ page: PageContext) -> HTML {
        """
        <li><div class="who-comes"><a href="\(GatePath.visit(id))"><strong>\(name)</strong></a> \
        <a href="\(GatePath.unit(unit))">\(unitName)</a>\(companions > 0 ? " <span class=\"badge\">+\(companions)</span>" : nil)
        <p>\(facts(list, page))</p></div>
        <div class="tools">\(buttons(list, at: directions, page))</div></li>

        """
    }

    /// Kind, company, party, plate, time: what there is of it.
    private func facts(_ list: GateList, _ page: PageContext) -> HTML {
        let kindWord = page.localized(visitors.field("visitor_type")?.label(of: kind) ?? Text(kind, es: kind))
        let words = [kindWord, company, party, plate].filter { !$0.isEmpty }.joined(separator: " · ")
        return "\(words)\(time(list, page))"
    }

    private func time(_ list: GateList, _ page: PageContext) -> HTML? {
        if list == .expected { return expectedTime.map { " · <time>\($0.prefix(5))</time>" } }
        guard let since else { return nil }
        let word = page.localized(Text("since", es: "desde"))
        let late: HTML? =
            isLate
            ? " <span class=\"badge bad\">\(page.localized(Text("stays long", es: "se prolonga")))</span>" : nil
        let sure = certainty.map { " <span class=\"badge\">\(page.localized($0.label))</span>" as HTML }
        return " · \(word) \(SiteTime(since).html(page, today: today))\(late)\(sure)"
    }

    private func buttons(_ list: GateList, at directions: [Direction], _ page: PageContext) -> HTML? {
        switch list {
        case .expected where directions.contains(.entry): VisitSteps.button(.admit, GatePath.admit(id), of: name, page)
        case .inside where directions.contains(.exit): VisitSteps.button(.letOut, GatePath.exit(id), of: name, page)
        case .waiting: HostsAnswers(hosts: hosts, visit: id, visitor: name).inList(page)
        default: nil
        }
    }
}

/// What is done with a visit in one tap: buttons anywhere on a page, of one form that stands outside of what is drawn anew.
enum VisitSteps {
    private static let id = "visit-step"

    /// How a button is drawn.
    enum Tone: String {
        case usual = ""
        case quiet
    }

    /// The form that all buttons of the page belong to.
    static func form(_ page: PageContext) -> HTML {
        """
        <form id="\(id)" method="post" action="\(GatePath.console)">\(page.layout.formToken)\
        <input type="hidden" name="request_id" value="\(page.context.request.id)"></form>

        """
    }

    /// - Parameters:
    ///   - path: where it is sent to.
    ///   - item: what it adds to what is sent.
    ///   - visitor: whose visit, for who hears the button alone.
    static func button(
        _ label: Text, _ path: String, _ item: QueryItem? = nil, of visitor: String, _ page: PageContext,
        _ tone: Tone = .usual
    ) -> HTML {
        let sent: HTML? = item.map { " name=\"\($0.name)\" value=\"\($0.value)\"" }
        let look: HTML? = tone == .usual ? nil : " class=\"\(tone.rawValue)\""
        return """
            <button form="\(id)" formaction="\(path)"\(look)\(sent)>\(page.localized(label))\
            <span class="unseen"> (\(visitor))</span></button>
            """
    }
}

extension String {
    /// A phone as a link takes it: digits and the sign before them.
    var dialled: String { filter { $0.isASCII && ($0.isNumber || $0 == "+") } }
}

extension Text {
    static let admit = Text("Admit", es: "Dar entrada")
    static let letOut = Text("Let out", es: "Dar salida")
    static let refuse = Text("Refuse", es: "Rechazar")

    /// - Parameter resident: who gave the word.
    static func approved(by resident: String) -> Text {
        Text("\(resident) approves", es: "Autoriza \(resident)")
    }
}
