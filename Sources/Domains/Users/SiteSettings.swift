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
                "Days begin and end by it: expiry, schedules, statistics. Those of the country are offered: save another country first.",
                es:
                    "Define cuándo empieza y termina cada día: vencimientos, horarios, estadísticas. Se ofrecen las del país:"
                    + " para otras, guarde primero otro país."),
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
                "Of what the residence sends; each person chooses their own for pages.",
                es: "De lo que envía el residencial; en las páginas cada quien elige el suyo."),
        .stored("grace_before_minutes", .integer(0...240), Text("Minutes too early", es: "Minutos de adelanto"))
            .required()
            .hint(
                "How much before its time a pass opens. 0 to 240.",
                es: "Cuánto antes de su hora abre un pase. De 0 a 240."
            ),
        .stored("grace_after_minutes", .integer(0...240), Text("Minutes too late", es: "Minutos de tolerancia"))
            .required()
            .hint(
                "How much after its end a pass still opens. 0 to 240.",
                es: "Cuánto después de su fin abre todavía un pase. De 0 a 240."),
        .words(
            "second_factor_roles", Text("Who must use a second factor", es: "Quién debe usar segundo factor"),
            Role.all.map { FieldChoice($0.rawValue, $0.title) }
        )
        .hint(
            "Whoever has none yet sets one up at the next page, you too, and until then does nothing else.",
            es:
                "Quien aún no lo tiene lo configura en su siguiente página, también usted, y antes no puede hacer nada más."
        ),
        .stored(
            "requires_document", .boolean, Text("Identity document required", es: "Identificación obligatoria")
        ).hint(whoIsThere.english, es: whoIsThere.spanish),
        .stored("requires_phone", .boolean, Text("Phone required", es: "Teléfono obligatorio"))
            .hint(whoIsThere.english, es: whoIsThere.spanish),
        .stored("visitor_days", .integer(1...3650), Text("Visits, in days", es: "Visitas, en días")).required()
            .hint(
                "So long after a visit its names, document, contact, plate, notes and photo are erased for good, here and"
                    + " in the audit. 1 to 3650.",
                es:
                    "Tanto después de la visita se borran para siempre sus nombres, documento, contacto, placas, notas y"
                    + " foto, aquí y en la auditoría. De 1 a 3650."),
        .stored(
            "log_name_days", .integer(1...3650),
            Text("Names in the access log, in days", es: "Nombres en la bitácora, en días")
        ).required()
            .hint(
                "So long after an attempt its row loses names, document, plate and notes for good. Rows and counts stay."
                    + " 1 to 3650.",
                es:
                    "Tanto después de un intento su registro pierde para siempre nombres, documento, placas y notas. Los"
                    + " registros y las cuentas se quedan. De 1 a 3650."),
        .stored(
            "resident_days", .integer(1...3650),
            Text("Deleted residents and accounts, in days", es: "Residentes y cuentas eliminados, en días")
        ).required()
            .hint(
                "So long after one is deleted the audit forgets who it was: names, document, contact. 1 to 3650.",
                es:
                    "Tanto después de eliminar uno la auditoría olvida quién era: nombres, identificación, contacto. De 1"
                    + " a 3650."),
        .updatedAt,
    ],
    permissions: [.read: .administrators, .update: .administrators],
    admin: AdminOptions(
        slug: "settings", section: .people, title: { "\($0).name" }, columns: [],
        fieldsets: [
            .init(Text("Residence", es: "Residencial"), ["name", "country", "time_zone", "language"]),
            .init(Text("At the gates", es: "En los accesos"), ["grace_before_minutes", "grace_after_minutes"]),
            .init(Text("Signing in", es: "Inicio de sesión"), ["second_factor_roles"]),
            .init(Text("Residents", es: "Residentes"), ["requires_document", "requires_phone"]),
            .init(
                Text("How long data of people is kept", es: "Cuánto se conservan los datos de las personas"),
                ["visitor_days", "log_name_days", "resident_days"]),
        ]))

private let whoIsThere = Text(
    "Whoever lives here without it stays; new ones need it.",
    es: "Quien ya vive aquí sin este dato se queda; los nuevos lo necesitan.")
