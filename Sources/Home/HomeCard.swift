import Pages
import Web

/// A place that the first page leads to, with what is there.
struct HomeCard: Sendable {
    private let path: String
    private let title: Text
    private let about: Text

    func html(_ page: PageContext) -> HTML {
        "<li><a href=\"\(path)\">\(page.localized(title))</a><p>\(page.localized(about))</p></li>\n"
    }

    static let all = [
        HomeCard(
            path: HomePath.recurring, title: Text("Frequent visit", es: "Visita frecuente"),
            about: Text(
                "Somebody who comes on certain weekdays and hours.",
                es: "Alguien que viene ciertos días de la semana y a ciertas horas.")),
        HomeCard(
            path: HomePath.party, title: Text("Guest list", es: "Lista de invitados"),
            about: Text(
                "A party: many names, a pass for each.", es: "Una fiesta: muchos nombres, un pase para cada uno.")),
        HomeCard(
            path: HomePath.visits, title: Text("Visits", es: "Visitas"),
            about: Text("Those to come and those of the last month.", es: "Las que vienen y las del último mes.")),
        HomeCard(
            path: HomePath.log, title: Text("Entries and exits", es: "Entradas y salidas"),
            about: Text(
                "Who came to your home, when, at which gate.", es: "Quién vino a su casa, cuándo y por qué acceso.")),
        HomeCard(
            path: HomePath.cards, title: Text("My cards", es: "Mis tarjetas"),
            about: Text("Report one you lost.", es: "Reporte la que haya perdido.")),
        HomeCard(
            path: HomePath.vehicles, title: Text("Vehicles", es: "Vehículos"),
            about: Text("The plates of your home.", es: "Las placas de su casa.")),
        HomeCard(
            path: HomePath.household, title: Text("Household", es: "Familia"),
            about: Text("Who lives in your home.", es: "Quién vive en su casa.")),
        HomeCard(
            path: HomePath.me, title: Text("My data", es: "Mis datos"),
            about: Text(
                "Phone, email, photo, emergency contact.", es: "Teléfono, correo, fotografía, contacto de emergencia.")),
    ]
}
