import JSON
package import Resource
import Vocabulary
import Web

/// What residents keep: tags, PINs, fingerprints.
///
/// The code is shown masked to everybody, and in clear once to the administrator who enters it; later only
/// `RevealCard` shows it. A masked code that comes back in an edit means: unchanged.
package let accessCodes = Resource(
    path: "/api/access/codes/", model: "AccessCode", table: "garita.access_codes",
    singular: Text("Card or PIN", es: "Tarjeta o NIP"), plural: Text("Cards and PINs", es: "Tarjetas y NIP"),
    fields: [
        .id,
        .reference("resident", to: "garita.residents", Text("Resident", es: "Residente")).synonyms(
            Synonyms.resident + Synonyms.document + ["Titular", "Nombre", "Persona", "Holder", "Name", "Person"]
        ).required()
            .help("Resident this code belongs to", es: "Residente a quien pertenece el código"),
        .computed(
            "resident_name", .text(maximum: nil), Text("Resident", es: "Residente"),
            "(select r.first_name || ' ' || r.last_name from garita.residents as r where r.id = t.resident_id)"
        ).omittedWhenNull(),
        .code("code", Text("Code", es: "Código"), SealedText.masked).synonyms(
            Synonyms.number + [
                "Número", "Tarjeta", "Número de tarjeta", "No. de tarjeta", "TAG", "NIP", "Card", "Card number",
                "Tag number", "PIN",
            ]
        ).required().unique().lookedUp(by: cardLookup)
            .help("The access code/card number", es: "Código de acceso o número de tarjeta"),
        .choice(
            "code_type", Text("Type", es: "Tipo"),
            [
                .init("RFID", .cardOrTag, legacy: Text("RFID Card", es: "Tarjeta RFID")),
                .init("PIN", .pin, legacy: Text("PIN Code", es: "NIP")), .init("BIOMETRIC", .biometric),
                .init("OTHER", .otherKind),
            ]
        ).synonyms(Synonyms.kind + ["Tipo de tarjeta", "Card type"]).default("RFID").help(
            "Type of access code", es: "Tipo de código de acceso"),
        .references(
            "access_points", to: "garita.access_points",
            through: Links(table: "garita.access_code_points", owner: "access_code_id", member: "access_point_id"),
            Text("Gates", es: "Accesos"),
            "(select coalesce(array_agg(p.id order by p.name), '{}') from garita.access_code_points as l"
                + " join garita.access_points as p on p.id = l.access_point_id where l.access_code_id = t.id)"
        ).synonyms(Synonyms.gates)
            .help("Access points where this code is valid", es: "Accesos donde el código es válido")
            .whenEmpty("All gates", es: "Todos los accesos"),
        .stored("is_active", .boolean, Text("Active", es: "Activo")).synonyms(Synonyms.active).default(true)
            .help("Whether this code is active", es: "Si el código está activo"),
        .stored("issued_date", .date, Text("Issued on", es: "Emitido el")).readOnly()
            .help("Date when code was issued", es: "Fecha de emisión del código"),
        .stored("expiry_date", .date, Text("Valid until", es: "Vence el")).synonyms([
            "Vencimiento", "Vigencia", "Fecha de vencimiento", "Expires", "Expiry", "Expiry date", "Good until",
        ])
        .help("Expiry date (if applicable)", es: "Fecha de vencimiento (si la hay)"),
        .reference("issued_by", to: "garita.users", Text("Issued by", es: "Emitió"), column: "issued_by").readOnly()
            .help("User who issued this code", es: "Usuario que emitió el código"),
        .stored("notes", .text(maximum: nil), Text("Notes", es: "Notas")).synonyms(Synonyms.notes)
            .help("Additional notes", es: "Notas adicionales"),
        // The last day ends at the site's midnight: begin_request has set its time zone.
        .computed(
            "is_valid", .boolean, Text("Valid", es: "Vigente"),
            "t.is_active and (t.expiry_date is null or t.expiry_date >= current_date)"),
        // Ours, and only where there is one.
        .reference("schedule", to: "garita.schedules", Text("Schedule", es: "Horario")).omittedWhenNull()
            .whenEmpty("Any hour", es: "A cualquier hora"),
        .createdAt, .updatedAt,
    ],
    list: ListOptions(
        order: [.descending("created_at")],
        orderable: ["resident_name", "unit_display", "created_at", "expiry_date", "issued_date"],
        search: ["resident_name", "unit_display", "resident_document"],
        filters: [
            .equals("resident", "t.resident_id", .reference),
            .flag("is_active", whenTrue: "t.is_active"),
            .condition(
                "expires_by", .date, "t.is_active and t.expiry_date >= current_date and t.expiry_date <= ?::date",
                Text("Still valid, but not after this day.", es: "Aún vigentes, y ya no después de este día.")
            ).labelled(Text("Valid, expires by", es: "Vigente y vence a más tardar el")),
        ],
        hidden: [
            .computed(
                "unit_display", .text(maximum: nil), Text("Unit", es: "Unidad"),
                "(select b.code || '-' || u.number from garita.residents as r join garita.units as u on u.id ="
                    + " r.unit_id"
                    + " join garita.buildings as b on b.id = u.building_id where r.id = t.resident_id)"),
            .computed(
                "resident_document", .text(maximum: nil), Text("Document", es: "Identificación"),
                "(select r.document_id from garita.residents as r where r.id = t.resident_id)"
            ).read(by: .household),
        ]),
    rules: WriteRules(
        removal: "select api.delete_access_code($1)", warnings: "select english, spanish from api.card_warnings($1)"),
    permissions: [
        .list: .signedIn, .export: .administrators, .read: .signedIn, .create: .administrators,
        .update: .administrators,
        .delete: .administrators,
    ],
    admin: AdminOptions(
        slug: "cards", section: .gates,
        title: {
            "coalesce((select holder.first_name || ' ' || holder.last_name || ' ' from garita.residents as holder"
                + " where holder.id = \($0).resident_id), '') || '••' || \($0).code_hint"
        },
        columns: ["resident_name", "unit_display", "code", "code_type", "issued_date", "expiry_date", "is_active"],
        fieldsets: [
            .init(
                Text("Code", es: "Código"),
                ["resident", "code_type", "code", "access_points", "schedule", "expiry_date", "is_active"]),
            .init(
                Text("Issued", es: "Emisión"),
                ["is_valid", "issued_date", "issued_by", "notes", "created_at", "updated_at"]),
        ],
        bulkActions: [
            .set("is_active", of: "garita.access_codes", to: true, Text("Activate", es: "Activar")),
            .set("is_active", of: "garita.access_codes", to: false, Text("Deactivate", es: "Desactivar")),
        ],
        deactivationField: "is_active"))

/// Cards that the same resident has already: of anybody else's nothing is told but that the code is taken.
///
/// - SQL: `api.cards_with_codes` (sql/functions/csv_import/cards_with_codes.sql).
private let cardLookup = CodeLookup(
    of: "resident", sql: "select row_number, card_id from api.cards_with_codes($1, $2, $3)", example: "TAG-0001",
    masked: Text(
        "The code is hidden: write the whole code, or the ID of the card.",
        es: "El código está oculto: escriba el código completo o el ID de la tarjeta."))
