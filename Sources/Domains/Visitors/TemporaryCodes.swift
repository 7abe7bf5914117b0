package import Resource
import Vocabulary
import Web

/// Passes of visitors.
///
/// The code itself is sealed in the database; whoever may see it gets it from the worker.
package let temporaryCodes = Resource(
    path: "/api/codes/", model: "TemporaryCode", table: "garita.temporary_codes",
    singular: Text("Pass", es: "Pase"), plural: Text("Passes", es: "Pases"),
    fields: [
        .id,
        .reference("visitor", to: "garita.visitors", Text("Visitor", es: "Visitante")).readOnly(),
        .computed(
            "visitor_name", .text(maximum: nil), Text("Visitor", es: "Visitante"),
            "(select v.first_name || ' ' || v.last_name from garita.visitors as v where v.id = t.visitor_id)"),
        .code("code", Text("Code", es: "Código"), codeOrMask).readOnly(),
        .choice(
            "code_type", Text("Type", es: "Tipo"), CodeType.allCases.map { FieldChoice($0.rawValue, $0.label) }
        ).readOnly(),
        .computed(
            "qr_code_image", .photo, Text("QR code", es: "Código QR"),
            "case when t.code_type = 'QR' then '/api/codes/' || t.id || '/qr.png' end"
        ).nullable(),
        .computed("secret_key", .text(maximum: nil), Text("Secret key", es: "Clave secreta"), "''"),
        .stored("valid_from", .timestamp, Text("Valid from", es: "Válido desde")).readOnly(),
        .stored("valid_until", .timestamp, Text("Valid until", es: "Válido hasta")).readOnly(),
        .stored("max_uses", .integer(1...2_147_483_647), Text("Entries", es: "Entradas")).readOnly(),
        .computed("times_used", .integer(0...2_147_483_647), Text("Used", es: "Usadas"), counter("times_used")),
        .computed("is_active", .boolean, Text("Active", es: "Activo"), passOpens),
        .reference("generated_by", to: "garita.users", Text("Issued by", es: "Emitió"), column: "generated_by")
            .readOnly(),
        .computed("last_used_at", .timestamp, Text("Last used", es: "Último uso"), counter("last_used_at")).nullable(),
        .computed(
            "is_valid", .boolean, Text("Valid", es: "Vigente"),
            passOpens + " and t.valid_from <= clock_timestamp() and clock_timestamp() < t.valid_until"),
        .computed("is_expired", .boolean, Text("Expired", es: "Vencido"), "t.valid_until <= clock_timestamp()"),
        // Ours, and only where there are any.
        .reference("schedule", to: "garita.schedules", Text("Schedule", es: "Horario")).readOnly().omittedWhenNull()
            .whenEmpty("Any hour", es: "A cualquier hora"),
        .references(
            "access_points", to: "garita.access_points",
            through: Links(
                table: "garita.temporary_code_points", owner: "temporary_code_id", member: "access_point_id"),
            Text("Gates", es: "Accesos"),
            "(select array_agg(l.access_point_id order by l.access_point_id) from garita.temporary_code_points as l"
                + " where l.temporary_code_id = t.id)"
        ).readOnly().omittedWhenNull().whenEmpty("All gates", es: "Todos los accesos"),
        .visitWarnings(of: "t.visitor_id"),
        .createdAt,
        // A use is a change of the pass, although it is written elsewhere.
        .computed(
            "updated_at", .timestamp, Text("Updated", es: "Actualizado"),
            "greatest(t.updated_at, \(counter("last_used_at")))"),
    ],
    list: ListOptions(
        order: [.descending("created_at")],
        orderable: ["created_at", "valid_until"],
        search: SearchOptions(
            ["visitor_name"],
            // Visit by visit, not pass by pass; what is kept folded tells most of them apart.
            condition: "t.visitor_id in (select v.id from garita.visitors as v"
                + " where replace(v.search_text, chr(10), ' ') like garita.fold(?)"
                + " and garita.fold(v.first_name || ' ' || v.last_name) like garita.fold(?))"),
        filters: [
            .equals("visitor", "t.visitor_id", .reference),
            .condition(
                "unit", .reference,
                "exists (select from garita.visitors as v where v.id = t.visitor_id and v.unit_id = ?)"
            ).labelled(Text("Unit", es: "Unidad"), of: "garita.units"),
            .flag("is_active", whenTrue: passOpens),
            .condition(
                "expires_by", .timestamp,
                passOpens + " and t.valid_until > now() and t.valid_until <= ?::timestamptz",
                Text(
                    "Still valid, but not after this day or time.",
                    es: "Aún vigentes, y ya no después de este día u hora.")
            ).labelled(Text("Valid, expires by", es: "Vigente y vence a más tardar el")).throughTheDay(),
        ],
        hidden: [
            .computed(
                "unit_display", .text(maximum: nil), Text("Unit", es: "Unidad"),
                "(select b.code || '-' || u.number \(home))"),
            .computed(
                "address", .text(maximum: nil), Text("Address", es: "Domicilio"), "(select b.address \(home))"),
        ],
        counting: .kept(for: .gatekeepers)),
    permissions: [.list: .signedIn, .export: .administrators, .read: .signedIn],
    admin: AdminOptions(
        slug: "passes", section: .visits,
        title: {
            "(select v.first_name || ' ' || v.last_name from garita.visitors as v where v.id = \($0).visitor_id)"
                + " || ' ••' || \($0).code_hint"
        },
        columns: ["visitor_name", "code_type", "valid_from", "valid_until", "times_used", "max_uses", "is_valid"],
        fieldsets: [
            .init(
                Text("Pass", es: "Pase"),
                ["visitor", "code_type", "valid_from", "valid_until", "max_uses", "schedule", "access_points"]),
            .init(
                Text("Use", es: "Uso"),
                ["is_valid", "is_active", "times_used", "last_used_at", "generated_by", "created_at", "updated_at"]),
        ],
        bulkActions: [
            .init(
                "revoke", Text("Cancel the passes", es: "Cancelar los pases"),
                sql: "select api.revoke_code(t.id) from garita.temporary_codes as t"
                    + " where t.id = any ($1::bigint[]) and t.revoked_at is null", isDestructive: true)
        ],
        hasCustomCreatePage: true, createLabel: Text("Issue a pass", es: "Emitir un pase")))

/// Not ended by anybody, and not used up.
package let passOpens = "t.is_active and \(counter("times_used")) < t.max_uses"

/// What the gate counts of the pass `t`.
private func counter(_ column: String) -> String {
    "(select c.\(column) from garita.credentials as c where c.code_kind = 'temporary' and c.code_id = t.id)"
}

/// Where the visitor goes.
private let home =
    "from garita.visitors as v join garita.units as u on u.id = v.unit_id join garita.buildings as b"
    + " on b.id = u.building_id where v.id = t.visitor_id"

/// Administrators and the household read it; a guard saw it once, at issue.
private let codeOrMask =
    "case when garita.current_role_name() <> 'GUARD' then (select "
    + SealedText.sql(sealed: "d.sealed", tag: "d.tag", generation: "d.key_version")
    + " from api.code_for_display(t.id) as d) else \(SealedText.masked) end"
