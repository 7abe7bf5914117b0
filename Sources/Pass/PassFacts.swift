import Pages
import Vocabulary
import Web

/// What a visitor should know: where, whom, when, how often.
struct PassFacts {
    private let pass: OpenedPass
    private let page: PageContext

    init(_ pass: OpenedPass, _ page: PageContext) {
        self.pass = pass
        self.page = page
    }

    var rows: [HTML] {
        [
            row(Text("Goes to", es: "Visita a"), home),
            row(Text("Expected", es: "Se le espera"), expected),
            row(Text("Valid", es: "Vigencia"), validity),
            row(Text("Days and hours", es: "Días y horas"), pass.hours.map(hours)),
            row(Text("Gate", es: "Acceso"), pass.gates.isEmpty ? nil : HTML(pass.gates.joined(separator: ", "))),
            row(Text("Address", es: "Dirección"), pass.address.isEmpty ? nil : HTML(pass.address)),
            row(Text("Entries left", es: "Entradas disponibles"), entries),
            row(
                Text("Along with you", es: "Acompañantes"),
                pass.companions > 0 ? HTML(pass.companions.description) : nil),
            row(.plate, pass.plate.isEmpty ? nil : HTML(pass.plate)),
        ].compactMap { $0 }
    }

    private func row(_ label: Text, _ value: HTML?) -> HTML? {
        value.map { "<div><dt>\(page.localized(label))</dt><dd>\($0)</dd></div>\n" }
    }

    private var home: HTML? {
        let parts = [pass.unit, pass.host].compactMap { $0 }
        return parts.isEmpty ? nil : HTML(parts.joined(separator: " · "))
    }

    /// Of a pass that begins then, the validity says it.
    private var expected: HTML? {
        pass.expected.flatMap { $0 == pass.validFrom ? nil : SiteTime($0).html(page) }
    }

    private var validity: HTML {
        let isOneDay = pass.validFrom.prefix(10) == pass.validUntil.prefix(10)
        let until = isOneDay ? HTML(String(pass.validUntil.suffix(5))) : SiteTime(pass.validUntil).html(page)
        return "\(SiteTime(pass.validFrom).html(page)) – \(until)"
    }

    private func hours(_ hours: OpenedPass.Hours) -> HTML {
        let days = page.localized(hours.days.name)
        return hours.isAllDay ? HTML(days) : "\(days), \(hours.from)–\(hours.until)"
    }

    /// Of a pass for months nobody counts them.
    private var entries: HTML? {
        guard pass.maximumUses < 100 else { return nil }
        return HTML(
            page.localized(
                Text("\(pass.usesLeft) of \(pass.maximumUses)", es: "\(pass.usesLeft) de \(pass.maximumUses)")))
    }
}

extension Text {
    static let plate = Text("License plate", es: "Placas")
    static let changePlate = Text("Change your plate", es: "Cambiar sus placas")
    static let notComing = Text("I'm not coming", es: "No iré")
    /// Of a pass for many days.
    static let endPass = Text("End my pass", es: "Terminar mi pase")
}
