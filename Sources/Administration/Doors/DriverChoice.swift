import Doors
import Pages
import Resource
import Web

/// What a new door is reached by: a link for each driver and each device whose settings are known.
struct DriverChoice {
    /// The gate that the form begins with.
    let gate: String?

    func response(_ page: PageContext) -> Response {
        let drivers = DriverDeclaration.all.map { driver -> HTML in
            let presets = driver.presets.map { item(driver, $0, page) }
            let heading = page.localized(driver.label)
            let list: HTML = presets.isEmpty ? "" : "<ul class=\"chips\">\n\(presets)</ul>\n"
            return """
                <section><h2><a href="\(address(driver, nil))">\(heading)</a></h2>
                <p class="quiet">\(page.localized(knows(driver)))</p>
                \(list)</section>

                """
        }
        let crumb = Crumb(path: AdminPath.doors, label: page.localized(doors.plural))
        return page.admin(
            Text("Add: Door", es: "Agregar: Puerta"), crumbs: [crumb],
            """
            <p class="narrow">\(page.localized(Self.about))</p>
            \(drivers)
            """)
    }

    private func item(_ driver: DriverDeclaration, _ preset: DoorPreset, _ page: PageContext) -> HTML {
        "<li><a href=\"\(address(driver, preset))\">\(preset.label)</a></li>\n"
    }

    private func address(_ driver: DriverDeclaration, _ preset: DoorPreset?) -> String {
        let items =
            [QueryItem("driver", driver.name), QueryItem("preset", preset?.name ?? "")]
            + [QueryItem("access_point", gate ?? "")]
        return "\(AdminPath.doors)new/?\(QueryItem.encode(items.filter { !$0.value.isEmpty }))"
    }

    /// What it can know of a door, in one sentence.
    private func knows(_ driver: DriverDeclaration) -> Text {
        let facts = DoorFact.allCases.filter(driver.tells.contains).map(\.label)
        let holds =
            driver.holds
            ? Text("Can be held open.", es: "Puede dejarse abierta.")
            : Text("Cannot be held open.", es: "No puede dejarse abierta.")
        return Text(
            "Knows: \(facts.map(\.english).joined(separator: ", ")). \(holds.english)",
            es: "Sabe: \(facts.map(\.spanish).joined(separator: ", ")). \(holds.spanish)")
    }

    private static let about = Text(
        "Choose the device, or the way it is reached when yours is not listed.",
        es: "Elija el dispositivo, o la forma de hablarle si el suyo no está en la lista.")
}

extension DoorFact {
    /// What people read.
    var label: Text {
        switch self {
        case .reached: Text("whether the device answers", es: "si el dispositivo responde")
        case .accepted: Text("that it took an opening", es: "que recibió la apertura")
        case .relay: Text("that the relay moved", es: "que el relevador actuó")
        case .contact: Text("whether the door is open", es: "si la puerta está abierta")
        case .events: Text("what happened meanwhile", es: "lo que pasó mientras tanto")
        case .clock: Text("whether its clock is right", es: "si su reloj está bien")
        }
    }
}
