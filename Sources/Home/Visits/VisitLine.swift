import Pages
import Resource
import Visitors
import Web

/// A visit as a line of a list.
extension HomeVisit {
    /// - Parameter actions: what stands behind it.
    func line(_ page: PageContext, _ actions: HTML? = nil) -> HTML {
        """
        <li>\(photo(page))<div><strong><a href="\(HomePath.visit(id))">\(name)</a></strong> \(badge(page))<br>
        <span class="quiet">\(facts(page).joined(separator: " · "))</span></div>\(actions)</li>

        """
    }

    /// Lines of visits; those of one guest list and day are one line.
    static func lines(_ visits: some Collection<HomeVisit>, _ page: PageContext) -> [HTML] {
        var parties: Set<String> = []
        return visits.compactMap { visit in
            let guests = visit.party.isEmpty ? 1 : visits.count { $0.party == visit.party && $0.day == visit.day }
            guard guests > 1 else { return visit.line(page) }
            return parties.insert("\(visit.day) \(visit.party)").inserted ? visit.partyLine(guests, page) : nil
        }
    }

    private func partyLine(_ guests: Int, _ page: PageContext) -> HTML {
        let count = page.localized(Text("\(guests) guests", es: "\(guests) invitados"))
        return """
            <li><div><strong><a href="\(HomePath.visit(id, "party"))">\(party)</a></strong><br>
            <span class="quiet">\(Day(day).name(page))\(time.map { ", \($0)" } ?? "") · \(count)</span></div></li>

            """
    }

    /// Who it is; nil without a photo.
    func photo(_ page: PageContext) -> HTML? {
        guard hasPhoto else { return nil }
        let said = page.localized(Text("Photo of \(name)", es: "Fotografía de \(name)"))
        return "<img class=\"photo\" src=\"\(HomePath.visit(id, "photo"))\" alt=\"\(said)\" width=\"96\" height=\"96\">"
    }

    /// Its state in a word.
    func badge(_ page: PageContext) -> HTML {
        let isOver = place == .past && status == "APPROVED"
        let label =
            isOver
            ? Text("Over", es: "Terminó")
            : canceledBy != nil
                ? Text("Canceled", es: "Cancelada")
                : visitors.field("status")?.label(of: status) ?? Text(status, es: status)
        let tone: HTML? =
            switch status {
            case "DENIED": " bad"
            case "APPROVED" where isOver, "CHECKED_OUT", "PENDING": nil
            default: " good"
            }
        return "<span class=\"badge\(tone)\">\(page.localized(label))</span>"
    }

    /// When, and what tells it from others.
    private func facts(_ page: PageContext) -> [String] {
        let when =
            switch place {
            case .inside: enteredAt.map { "\(page.localized(.since)) \(SiteTime($0).name(page))" }
            case .recurring: pass?.hours?.name(page)
            default: "\(Day(day).name(page))\(time.map { ", \($0)" } ?? "")"
            }
        let kind = visitors.field("visitor_type").map { page.localized($0.label(of: type)) }
        let more = companions > 0 ? "+\(companions)" : nil
        let written = place == .waiting ? notes : ""
        let plates = plate.isEmpty ? nil : "\(page.localized(.plates)) \(plate)"
        let said = canceledBy == .visitor ? page.localized(.saidNo) : nil
        return [said, when, kind, more, company, party, purpose, plates, written].compactMap(\.self)
            .filter { !$0.isEmpty }
    }
}

extension Text {
    fileprivate static let plates = Text("Plate", es: "Placas")
    fileprivate static let saidNo = Text("Said not to come", es: "Avisó que no vendrá")
    fileprivate static let since = Text("since", es: "desde")
}
