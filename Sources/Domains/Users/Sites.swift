import Resource
import Vocabulary
import Web

/// The residential communities that the caller may work in: the own one, and for a superuser all that are active.
let sites = Resource(
    path: "/api/sites/", model: "Site", table: "garita.sites",
    singular: Text("Community", es: "Residencial"), plural: Text("Communities", es: "Residenciales"),
    fields: [
        .id,
        .stored("name", .text(maximum: 100), Text("Name", es: "Nombre")).readOnly(),
        .stored("code", .text(maximum: 20), Text("Code", es: "Clave")).readOnly(),
        .stored("time_zone", .text(maximum: 64), Text("Time zone", es: "Zona horaria")).readOnly(),
        .choice(
            "language", Text("Language", es: "Idioma"),
            [.init("es", Text("Spanish", es: "Español")), .init("en", Text("English", es: "Inglés"))]
        ).readOnly(),
        .computed(
            "is_current", .boolean, Text("This session works here", es: "Esta sesión trabaja aquí"),
            "t.id = garita.current_site_id()"),
    ],
    list: ListOptions(
        order: [.ascending("name")],
        orderable: ["name", "code"],
        search: ["name", "code"]),
    permissions: [.list: .administrators, .read: .administrators])
