import JSON
import Pages
import PostgreSQL
import Vocabulary
import Web

/// What a residence decides about itself, as texts of a form.
struct SiteSettings {
    /// By the name of the field, which is that of the column.
    let values: [String: String]
    /// When the row was changed last, to the microsecond.
    let version: String

    /// The fields in the order of the form.
    static let fields: [SettingField] = [
        SettingField("name", .text(maximum: 100)),
        SettingField("time_zone", .text(maximum: 64)),
        SettingField("language", .choice(["es", "en"])),
        SettingField("grace_before_minutes", .integer(0...240)),
        SettingField("grace_after_minutes", .integer(0...240)),
        SettingField("second_factor_roles", .references),
        SettingField("visitor_days", .integer(1...3650)),
        SettingField("log_name_days", .integer(1...3650)),
        SettingField("resident_days", .integer(1...3650)),
        SettingField("requires_document", .choice(["true", "false"])),
        SettingField("requires_phone", .choice(["true", "false"])),
    ]

    /// Those of the site that the caller works in.
    static let reading = Statement(
        "select s.updated_at::text, s.name, s.time_zone, s.language, s.grace_before_minutes::text,"
            + " s.grace_after_minutes::text, array_to_string(s.second_factor_roles, ' '), s.visitor_days::text,"
            + " s.log_name_days::text, s.resident_days::text, s.requires_document::text, s.requires_phone::text from garita.sites as s where s.id = garita.current_site_id()",
        name: "site_settings")

    init(_ row: Row) throws {
        version = try row.text(0)
        values = try Dictionary(
            Self.fields.enumerated().map { ($1.name, try row.text($0 + 1)) }, uniquingKeysWith: { first, _ in first })
    }

    /// As somebody wrote them.
    init(_ form: Form) {
        version = form.text("version")
        values = Dictionary(Self.fields.map { ($0.name, $0.text(in: form)) }, uniquingKeysWith: { first, _ in first })
    }

    func value(_ name: String) -> String { values[name] ?? "" }

    /// Everything that is wrong with them, in the order of the form.
    var faults: [FieldError] { Self.fields.flatMap { $0.faults(of: value($0.name)) } }

    /// Writes them unless somebody else has written meanwhile; then it answers no row.
    var writing: Statement {
        Statement(
            "update garita.sites as s set name = $2, time_zone = $3, language = $4,"
                + " grace_before_minutes = $5::text::integer, grace_after_minutes = $6::text::integer,"
                + " second_factor_roles = string_to_array($7, ' '), visitor_days = $8::text::integer,"
                + " log_name_days = $9::text::integer, resident_days = $10::text::integer,"
                + " requires_document = $11::text::boolean, requires_phone = $12::text::boolean"
                + " where s.id = garita.current_site_id() and s.updated_at = $1::text::timestamptz returning s.id",
            name: "write_site_settings",
            parameters: [.text(version)] + Self.fields.map { .text(value($0.name)) })
    }

    /// What somebody else saved that these would undo: a sentence at each such field.
    func conflicts(with saved: SiteSettings) -> [FieldError] {
        Self.fields.map(\.name).filter { value($0) != saved.value($0) }.map { name in
            let other = saved.value(name).isEmpty ? "–" : saved.value(name)
            return FieldError(
                name,
                Text(
                    "Somebody saved another value meanwhile: \(other). Yours stands in the form.",
                    es: "Alguien guardó otro valor mientras tanto: \(other). El de usted está en el formulario."))
        }
    }
}

/// One field of the settings.
struct SettingField: Sendable {
    let name: String
    private let kind: FieldKind

    init(_ name: String, _ kind: FieldKind) {
        self.name = name
        self.kind = kind
    }

    /// What a form says of it; several values with a blank between them.
    func text(in form: Form) -> String {
        guard kind == .references else { return form.text(name).trimmed }
        let words = form.repeated(name)?.json?.elements ?? []
        return Role.all.map(\.rawValue).filter { words.contains(.string($0)) }.joined(separator: " ")
    }

    func faults(of text: String) -> [FieldError] {
        if kind == .references { return [] }
        if text.isEmpty { return [FieldError(name, .mayNotBeBlank)] }
        guard case .failure(let fault) = kind.parse(.string(text)) else { return [] }
        return fault.errors(of: name)
    }
}
