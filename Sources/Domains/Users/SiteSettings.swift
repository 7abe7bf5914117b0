package import Resource
import Vocabulary
import Web

/// What a residence decides about itself: a table of which everybody sees one row, that of the own site.
///
/// It has a page and no address of the API. PostgreSQL knows the time zones (`garita.keep_site_rules`).
package let siteSettings = Resource(
    path: "/api/sites/", model: "SiteSettings", table: "garita.sites",
    singular: Text("Settings", es: "Configuración"), plural: Text("Settings", es: "Configuración"),
    fields: [
        .id,
        .stored("name", .text(maximum: 100), Text("Name", es: "Nombre")).required(),
        .stored("time_zone", .text(maximum: 64), Text("Time zone", es: "Zona horaria")).required()
            .hint(
                "Sets when each day begins and ends: expiry, schedules, statistics. For zones of another country, save the"
                    + " country first.",
                es:
                    "Define cuándo empieza y termina cada día: vencimientos, horarios, estadísticas. Para zonas de otro país,"
                    + " guarde primero el país."),
        .choice(
            "country", Text("Country", es: "País"),
            [FieldChoice("", Text("No country", es: "Ningún país"))] + countries
        ).hint(
            "Phones without a country code are numbers of this country. All are kept as +52 55 1234 5678.",
            es: "Los teléfonos sin código de país son números de este país. Todos se guardan como +52 55 1234 5678."),
        .choice(
            "language", Text("Language", es: "Idioma"),
            [
                FieldChoice("es", Text("Español", es: "Español")), FieldChoice("en", Text("English", es: "English")),
            ]
        ).required()
            .hint(
                "Language for messages from the community. Each person chooses the language of their pages.",
                es: "Idioma de los mensajes que envía el residencial. En las páginas cada quien elige el suyo."),
        .stored(
            "grace_before_minutes", .integer(0...240),
            Text("Early grace period (minutes)", es: "Minutos de tolerancia antes")
        )
        .required()
        .hint(
            "How long before its time a pass already works. 0 to 240.",
            es: "Cuánto antes de su hora funciona ya un pase. De 0 a 240."
        ),
        .stored(
            "grace_after_minutes", .integer(0...240),
            Text("Late grace period (minutes)", es: "Minutos de tolerancia después")
        )
        .required()
        .hint(
            "How long after its end a pass still works. 0 to 240.",
            es: "Cuánto después de su fin funciona todavía un pase. De 0 a 240."),
        stay("guest", Text("Guests may stay (minutes)", es: "Estancia de invitados (minutos)")),
        stay("delivery", Text("Deliveries may stay (minutes)", es: "Estancia de entregas (minutos)")),
        stay("service", Text("Service providers may stay (minutes)", es: "Estancia de servicios (minutos)")),
        stay("contractor", Text("Contractors may stay (minutes)", es: "Estancia de contratistas (minutos)")),
        stay("other", Text("Other visits may stay (minutes)", es: "Estancia de otras visitas (minutos)")),
        .words(
            "second_factor_roles", Text("Second factor required for", es: "Segundo factor obligatorio para"),
            Role.all.map { FieldChoice($0.rawValue, $0.title) }
        )
        .hint(
            "Anyone without one, you included, must set it up first.",
            es: "Quien aún no lo tenga, usted incluido, deberá configurarlo antes de seguir."
        ),
        .stored(
            "requires_document", .boolean, Text("Identity document required", es: "Identificación obligatoria")
        ).hint(whoIsThere.english, es: whoIsThere.spanish),
        .stored("requires_phone", .boolean, Text("Phone required", es: "Teléfono obligatorio"))
            .hint(whoIsThere.english, es: whoIsThere.spanish),
        .stored("visitor_days", .integer(1...3650), Text("Visits (days)", es: "Visitas (días)")).required()
            .hint(
                "After this many days, the names, document, contact data, plate, notes and photo of a visit are"
                    + " permanently erased, here and in the audit. 1 to 3650.",
                es:
                    "Pasado este plazo se borran definitivamente los nombres, identificación, datos de contacto,"
                    + " placas, notas y fotografía de la visita, aquí y en la auditoría. De 1 a 3650."),
        .stored(
            "log_name_days", .integer(1...3650),
            Text("Names in the access log (days)", es: "Nombres en la bitácora (días)")
        ).required()
            .hint(
                "After this many days, the names, document, plate and notes of a log entry are permanently"
                    + " erased. Entries and counts stay. 1 to 3650.",
                es:
                    "Pasado este plazo se borran definitivamente los nombres, identificación, placas y notas de"
                    + " cada registro de la bitácora. Los registros y los totales se conservan. De 1 a 3650."),
        .stored(
            "resident_days", .integer(1...3650),
            Text("Deleted residents and accounts (days)", es: "Residentes y cuentas eliminados (días)")
        ).required()
            .hint(
                "This many days after a deletion, the audit forgets the person's names, document and contact"
                    + " data. 1 to 3650.",
                es:
                    "Este plazo después de eliminarlos, la auditoría olvida sus nombres, identificación y datos de"
                    + " contacto. De 1 a 3650."),
        .choice(
            "pass_shows", Text("A pass shows", es: "Un pase muestra"),
            [
                FieldChoice("nothing", Text("Nothing about the home", es: "Nada de la casa")),
                FieldChoice("unit", Text("The unit", es: "La unidad")),
                FieldChoice(
                    "unit_and_host",
                    Text("The unit and who expects the visitor", es: "La unidad y quién espera la visita")),
            ]
        ).required()
            .hint(
                "What anyone with the link of a pass can read. The gate always sees everything.",
                es: "Lo que puede leer quien tenga el enlace de un pase. En el acceso siempre se ve todo."),
        .stored("address", .text(maximum: 300), Text("Address", es: "Dirección"))
            .hint("Shown to visitors on their pass.", es: "Se muestra a los visitantes en su pase."),
        .stored("map_url", .text(maximum: 500), Text("Map link", es: "Enlace al mapa"))
            .hint(
                "The address of a map with the way to the community, beginning with https://. Visitors can open it from their"
                    + " pass.",
                es:
                    "La dirección de un mapa con la ubicación del residencial, que empiece con https://. Los visitantes pueden"
                    + " abrirla desde su pase."),
        .updatedAt,
    ],
    permissions: [.read: .administrators, .update: .administrators],
    admin: AdminOptions(
        slug: "settings", section: .people, title: { "\($0).name" }, columns: [],
        fieldsets: [
            .init(Text("Community", es: "Residencial"), ["name", "country", "time_zone", "language"]),
            .init(
                Text("At the gates", es: "En los accesos"),
                [
                    "grace_before_minutes", "grace_after_minutes", "stay_minutes_guest", "stay_minutes_delivery",
                    "stay_minutes_service", "stay_minutes_contractor", "stay_minutes_other",
                ]),
            .init(Text("Visitors' passes", es: "Pases de visita"), ["pass_shows", "address", "map_url"]),
            .init(Text("Signing in", es: "Inicio de sesión"), ["second_factor_roles"]),
            .init(Text("Residents", es: "Residentes"), ["requires_document", "requires_phone"]),
            .init(
                Text("How long personal data is kept", es: "Cuánto tiempo se conservan los datos personales"),
                ["visitor_days", "log_name_days", "resident_days"]),
        ]))

private let whoIsThere = Text(
    "Current residents without it stay as they are; new ones need it.",
    es: "Los residentes actuales sin este dato se quedan como están; los nuevos lo necesitan.")

/// How long visits of a kind usually stay; what that does is said once, at the first of them.
private func stay(_ kind: String, _ label: Text) -> Field {
    let field = Field.stored("stay_minutes_\(kind)", .integer(1...43_200), label).required()
    return kind == "guest"
        ? field.hint(
            "After that guards are told; nothing is refused.",
            es: "Pasado ese tiempo se avisa a los guardias; no se niega nada.") : field
}
