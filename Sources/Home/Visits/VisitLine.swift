import Pages
import Resource
import Visitors
import Web

/// A visit as a line of a list.
extension HomeVisit {
    /// - Parameter actions: what stands behind it.
    func line(_ page: PageContext, _ actions: HTML? = nil) -> HTML {
        let picture: HTML? =
            hasPhoto
            ? """
            <img class="photo" src="\(HomePath.visit(id, "photo"))" alt="\(page.localized(.photoOf(name)))" width="96" height="96">
            """ : nil
        return """
            <li>\(picture)<div><strong><a href="\(HomePath.visit(id))">\(name)</a></strong> \(badge(page))<br>
            <span class="quiet">\(facts(page).joined(separator: " · "))</span></div>\(actions)</li>

            """
    }

    /// Its state in a word.
    func badge(_ page: PageContext) -> HTML {
        let isOver = place == .past && status == "APPROVED"
        let label =
            isOver
            ? Text("Over", es: "Terminó") : visitors.field("status")?.label(of: status) ?? Text(status, es: status)
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
        return [when, kind, more, company, party, purpose, plate].compactMap(\.self).filter { !$0.isEmpty }
    }
}

extension Text {
    fileprivate static let since = Text("since", es: "desde")
    static func photoOf(_ name: String) -> Text { Text("Photo of \(name)", es: "Fotografía de \(name)") }
}
