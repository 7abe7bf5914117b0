import Resource
import Vocabulary
import Web

/// Passes of visitors.
///
/// The code itself is sealed in the database; whoever may see it gets it from the worker.
let temporaryCodes = Resource(
    path: "/api/codes/", model: "TemporaryCode", table: "garita.temporary_codes",
    singular: Text("Pass", es: "Pase"), plural: Text("Passes", es: "Pases"),
    fields: [
        .id,
        .reference("visitor", to: "garita.visitors", Text("Visitor", es: "Visitante")).readOnly(),
        .computed(
            "visitor_name", .text(maximum: nil), Text("Visitor", es: "Visitante"),
            "(select v.first_name || ' ' || v.last_name from garita.visitors as v where v.id = t.visitor_id)"),
        .computed("code", .text(maximum: nil), Text("Code", es: "Código"), "''"),
        .stored("code_type", .choice(CodeType.allCases.map(\.rawValue)), Text("Kind", es: "Tipo")).readOnly(),
        .computed(
            "qr_code_image", .photo, Text("QR code", es: "Código QR"),
            "case when t.code_type = 'QR' then '/api/codes/' || t.id || '/qr.png' end"),
        .computed("secret_key", .text(maximum: nil), Text("Secret key", es: "Clave secreta"), "''"),
        .stored("valid_from", .timestamp, Text("Valid from", es: "Válido desde")).readOnly(),
        .stored("valid_until", .timestamp, Text("Valid until", es: "Válido hasta")).readOnly(),
        .stored("max_uses", .integer(1...2_147_483_647), Text("Entries", es: "Entradas")).readOnly(),
        .stored("times_used", .integer(0...2_147_483_647), Text("Used", es: "Usadas")).readOnly(),
        .stored("is_active", .boolean, Text("Active", es: "Activo")).readOnly(),
        .reference("generated_by", to: "garita.users", Text("Issued by", es: "Emitió"), column: "generated_by")
            .readOnly(),
        .stored("last_used_at", .timestamp, Text("Last used", es: "Último uso")).readOnly(),
        .computed(
            "is_valid", .boolean, Text("Valid", es: "Vigente"),
            "t.is_active and t.times_used < t.max_uses and t.valid_from <= clock_timestamp()"
                + " and clock_timestamp() < t.valid_until"),
        .computed("is_expired", .boolean, Text("Expired", es: "Vencido"), "t.valid_until <= clock_timestamp()"),
        .createdAt, .updatedAt,
    ],
    order: [.descending("created_at")],
    permissions: [:])
