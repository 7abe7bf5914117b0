import Pages
import Vocabulary
import Web

/// The fields of the settings as a form shows them.
struct SettingsFields {
    let settings: SiteSettings
    /// Names of time zones that PostgreSQL knows.
    let zones: [String]

    var groups: [FieldGroup] {
        [
            FieldGroup(
                Text("Residence", es: "Residencial"),
                [
                    field("name", Text("Name", es: "Nombre")),
                    field(
                        "time_zone", Text("Time zone", es: "Zona horaria"), .choice(zoneChoices, blank: nil),
                        hint: Text(
                            "Days begin and end by it: expiry, schedules, statistics.",
                            es: "Por ella empiezan y terminan los días: vencimientos, horarios, estadísticas.")),
                    field(
                        "language", Text("Language", es: "Idioma"),
                        .choice(
                            [
                                FormOption("es", Text("Español", es: "Español")),
                                FormOption("en", Text("English", es: "English")),
                            ], blank: nil),
                        hint: Text(
                            "Of what the residence sends; each person chooses their own for pages.",
                            es: "De lo que envía el residencial; en las páginas cada quien elige el suyo.")),
                ]),
            FieldGroup(
                Text("At the gates", es: "En los accesos"),
                [
                    field(
                        "grace_before_minutes", Text("Minutes too early", es: "Minutos de adelanto"), .number,
                        hint: Text(
                            "How much before its time a pass opens. 0 to 240.",
                            es: "Cuánto antes de su hora abre un pase. De 0 a 240.")),
                    field(
                        "grace_after_minutes", Text("Minutes too late", es: "Minutos de tolerancia"), .number,
                        hint: Text(
                            "How much after its end a pass still opens. 0 to 240.",
                            es: "Cuánto después de su fin abre todavía un pase. De 0 a 240.")),
                ]),
            FieldGroup(
                Text("Signing in", es: "Inicio de sesión"),
                [
                    field(
                        "second_factor_roles",
                        Text("Who must use a second factor", es: "Quién debe usar segundo factor"),
                        .boxes(Role.all.map { FormOption($0.rawValue, $0.title) }),
                        hint: Text(
                            "Whoever has none yet sets one up at the next page, you too, and until then does nothing else.",
                            es:
                                "Quien aún no lo tiene lo configura en su siguiente página, también usted, y antes no puede hacer nada más."
                        ))
                ]),
            FieldGroup(
                Text("Residents", es: "Residentes"),
                [
                    field(
                        "requires_document", Text("Document", es: "Identificación"), .choice(Self.demands, blank: nil),
                        hint: Self.demand),
                    field(
                        "requires_phone", Text("Phone", es: "Teléfono"), .choice(Self.demands, blank: nil),
                        hint: Self.demand),
                ]),
            FieldGroup(
                Text("How long data of people is kept", es: "Cuánto se conservan los datos de las personas"),
                [
                    field(
                        "visitor_days", Text("Visits, in days", es: "Visitas, en días"), .number,
                        hint: Text(
                            "So long after a visit its names, document, contact, plate, notes and photo are erased for good, here and in the audit. 1 to 3650.",
                            es:
                                "Tanto después de la visita se borran para siempre sus nombres, documento, contacto, placas, notas y foto, aquí y en la auditoría. De 1 a 3650."
                        )),
                    field(
                        "log_name_days",
                        Text("Names in the access log, in days", es: "Nombres en la bitácora, en días"),
                        .number,
                        hint: Text(
                            "So long after an attempt its row loses names, document, plate and notes for good. Rows and counts stay. 1 to 3650.",
                            es:
                                "Tanto después de un intento su registro pierde para siempre nombres, documento, placas y notas. Los registros y las cuentas se quedan. De 1 a 3650."
                        )),
                    field(
                        "resident_days",
                        Text("Deleted residents and accounts, in days", es: "Residentes y cuentas eliminados, en días"),
                        .number,
                        hint: Text(
                            "So long after one is deleted the audit forgets who it was: names, document, contact. 1 to 3650.",
                            es:
                                "Tanto después de eliminar uno la auditoría olvida quién era: nombres, identificación, contacto. De 1 a 3650."
                        )),
                ]),
        ]
    }

    private static let demands = [
        FormOption("false", Text("May be left blank", es: "Puede quedar en blanco")),
        FormOption("true", Text("Required", es: "Obligatorio")),
    ]
    private static let demand = Text(
        "Whoever lives here without it stays; new ones need it.",
        es: "Quien ya vive aquí sin este dato se queda; los nuevos lo necesitan.")

    private func field(
        _ name: String, _ label: Text, _ control: FormField.Control = .text(), hint: Text? = nil
    ) -> FormField {
        let isList = if case .boxes = control { true } else { false }
        let value = settings.value(name)
        return FormField(
            name, label, control, isList ? value.split(separator: " ").map(String.init) : [value], hint: hint,
            required: !isList)
    }

    /// What is chosen stands among them even if it is an old name.
    private var zoneChoices: [FormOption] {
        let chosen = settings.value("time_zone")
        return ((zones.contains(chosen) || chosen.isEmpty ? [] : [chosen]) + zones).map { FormOption($0, named: $0) }
    }
}
