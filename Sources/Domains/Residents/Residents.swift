import JSON
package import Resource
import Vocabulary
import Web

/// People who live in a unit.
///
/// The site decides whether document and phone are needed (`garita.keep_resident_rules`).
/// Guards see who they are, not their documents or emergency contacts; residents edit their own contact data.
package let residents = Resource(
    path: "/api/residents/", model: "Resident", table: "garita.residents",
    singular: Text("Resident", es: "Residente"), plural: Text("Residents", es: "Residentes"),
    fields: [
        .id,
        .reference("user", to: "garita.users", Text("Account", es: "Cuenta")).synonyms([
            "Usuario", "User", "User name", "Nombre de usuario",
        ]).unique()
            .written(by: .administrators)
            .help("Associated user account", es: "Cuenta de usuario asociada"),
        .reference("unit", to: "garita.units", Text("Unit", es: "Unidad")).synonyms(Synonyms.home).required()
            .written(by: .administrators)
            .help("Unit where resident lives", es: "Unidad donde vive el residente"),
        .unitDisplay,
        .stored("first_name", .text(maximum: 100), Text("First name", es: "Nombre")).synonyms(
            Synonyms.firstName + ["Nombre del residente"]
        )
        .required()
        .written(by: .administrators)
        .help("First name", es: "Nombre"),
        .stored("last_name", .text(maximum: 100), Text("Last name", es: "Apellidos")).synonyms(
            Synonyms.lastName + ["Apellidos del residente"]
        )
        .required()
        .written(by: .administrators)
        .help("Last name", es: "Apellidos"),
        .computed(
            "full_name", .text(maximum: nil), Text("Full name", es: "Nombre completo"),
            "t.first_name || ' ' || t.last_name"),
        .stored("document_id", .text(maximum: 50), Text("Document", es: "Identificación")).synonyms(Synonyms.document)
            .sent().demanded(by: "requires_document").unique()
            .read(by: .household).written(by: .administrators)
            .help("ID document number", es: "Número de identificación"),
        .stored("phone", .phone(maximum: 20), Text("Phone", es: "Teléfono")).synonyms(Synonyms.phone).sent().demanded(
            by: "requires_phone"
        )
        .help("Primary phone number", es: "Teléfono principal"),
        .stored("email", .email, Text("Email", es: "Correo electrónico")).synonyms(Synonyms.email)
            .help("Email address", es: "Dirección de correo electrónico"),
        .photo("photo", of: "/api/residents/", Text("Photo", es: "Fotografía"))
            .help("Resident photo", es: "Fotografía del residente"),
        .choice(
            "resident_type", Text("Type", es: "Tipo"),
            [
                .init("OWNER", Text("Owner", es: "Propietario")), .init("TENANT", Text("Tenant", es: "Inquilino")),
                .init("FAMILY", Text("Family Member", es: "Familiar")),
            ]
        ).synonyms(Synonyms.kind + ["Tipo de residente", "Relación", "Parentesco", "Resident type"]).default("OWNER")
            .written(by: .administrators).help("Type of resident", es: "Tipo de residente"),
        .stored(
            "emergency_contact_name", .text(maximum: 200), Text("Emergency contact", es: "Contacto de emergencia")
        ).synonyms(["Emergencia", "En caso de emergencia", "Nombre del contacto de emergencia", "Emergency"]).read(
            by: .household
        )
        .help("Emergency contact name", es: "Nombre del contacto de emergencia"),
        .stored(
            "emergency_contact_phone", .phone(maximum: 20),
            Text("Emergency phone", es: "Teléfono de emergencia")
        ).synonyms(["Tel. de emergencia", "Tel. emergencia", "Emergency tel.", "Emergency contact phone"]).read(
            by: .household
        )
        .help("Emergency contact phone", es: "Teléfono del contacto de emergencia"),
        .stored("is_authorized", .boolean, Text("Access authorized", es: "Acceso autorizado")).synonyms([
            "Autorizado", "Con autorización", "Authorized", "Authorised",
        ]).default(true)
            .written(by: .administrators)
            .help("Whether resident has access authorization", es: "Si el residente tiene autorización de acceso"),
        .stored("move_in_date", .date, Text("Living here since", es: "Vive aquí desde")).synonyms([
            "Fecha de ingreso", "Ingreso", "Fecha de entrada", "Desde", "Move-in", "Move-in date", "Moved in", "Since",
        ])
        .written(by: .administrators)
        .help("Date when resident moved in", es: "Fecha en que el residente llegó"),
        .stored("move_out_date", .date, Text("Living here until", es: "Vive aquí hasta")).synonyms([
            "Fecha de salida", "Hasta", "Move-out", "Move-out date", "Moves out", "Until",
        ])
        .written(by: .administrators)
        .help("Date when resident moved out", es: "Fecha en que el residente se fue"),
        .stored("notes", .text(maximum: nil), Text("Notes", es: "Notas")).synonyms(Synonyms.notes)
            .written(by: .administrators)
            .help("Additional notes", es: "Notas adicionales"),
        .computed("is_active", .boolean, Text("Active", es: "Activo"), "garita.resides(t.move_out_date)"),
        .createdAt, .updatedAt,
    ],
    list: ListOptions(
        order: [.descending("created_at")],
        orderable: ["first_name", "last_name", "full_name", "unit_display", "created_at"],
        search: ["first_name", "last_name", "document_id", "phone", "email", "unit_display"],
        filters: [
            .equals("unit", "t.unit_id", .reference),
            .equals("user", "t.user_id", .reference),
            .condition(
                "building", .reference,
                "exists (select from garita.units as u where u.id = t.unit_id and u.building_id = ?)"
            ).labelled(Text("Building", es: "Torre"), of: "garita.buildings"),
            .flag("is_active", whenTrue: "garita.resides(t.move_out_date)"),
        ],
        minimal: ["id", "full_name", "unit_display", "phone"],
        counting: .kept(for: .gatekeepers)),
    permissions: [
        .list: .signedIn, .export: .administrators, .read: .signedIn, .create: .administrators, .update: .household,
        .delete: .administrators,
    ],
    admin: AdminOptions(
        slug: "residents", section: .people, title: { "\($0).first_name || ' ' || \($0).last_name" },
        columns: ["full_name", "unit", "resident_type", "phone", "is_authorized", "is_active"],
        fieldsets: [
            .init(
                Text("Unit", es: "Unidad"),
                ["unit", "resident_type", "is_authorized", "move_in_date", "move_out_date", "is_active"]),
            .init(
                Text("Person", es: "Persona"),
                ["first_name", "last_name", "document_id", "phone", "email", "photo", "user"]),
            .init(
                Text("Emergency", es: "Emergencia"),
                ["emergency_contact_name", "emergency_contact_phone", "notes", "created_at", "updated_at"]),
        ],
        related: [
            .init("cards", by: "resident", adding: "resident"), .init("visitors", by: "resident", adding: "resident"),
            .init("log", by: "resident"),
        ],
        bulkActions: [
            .createAccounts,
            .set("is_authorized", of: "garita.residents", to: true, Text("Authorize access", es: "Autorizar acceso")),
            .set(
                "is_authorized", of: "garita.residents", to: false,
                Text("Withdraw authorization", es: "Retirar la autorización")),
        ],
        deactivationField: "is_authorized"))
