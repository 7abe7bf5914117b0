import Doors
import JSON
import Pages
import PostgreSQL
import Resource
import Web

/// The form of a door, new or old: its own fields, those that its driver declares, and its secrets, which nobody sees again.
struct DoorForm {
    let driver: DriverDeclaration
    let path: String
    /// What stands in its own fields.
    let values: FormValues
    /// What stands in the settings first: of a preset, or what is stored.
    var filled: [String: String] = [:]
    /// The door as it stands; nil for a new one.
    var row: CurrentRow?

    private static let ownFields = [
        "name", "access_point", "direction", "is_active", "opens_itself", "open_within_seconds", "open_seconds",
        "held_after_seconds", "has_exit_button",
    ]
    private static let forgotten = "forget"

    /// What is to be written: of an old door a secret that is left blank stays.
    static func sent(_ form: Form, isNew: Bool) -> Form {
        var sent = form
        for item in form.texts where item.name.hasPrefix("secrets.") && item.value.isEmpty {
            sent = sent.with(item.name, nil)
        }
        for name in form.texts(forgotten) where form.text("secrets.\(name)").isEmpty {
            sent = sent.with("secrets.\(name)", "")
        }
        return sent
    }

    func response(_ page: PageContext, _ answer: FormAnswer) throws -> Response {
        let shown = answer.form.map { FormValues(typed: $0) } ?? values
        let gates = try Table.named("gates").map { table in
            try page.context.run([table.options(with: shown.numbers("access_point"))])[0].map(Choice.init)
        }
        let own = Self.ownFields.compactMap(doors.field).map { field in
            FormField(field, shown, isNew: row == nil, options: field.kind == .reference ? gates : nil)
        }
        let settings = driver.publicSettings.map { setting in
            FormField(setting, setting.stands(answer.form, filled, isNew: row == nil))
        }
        let groups = [
            FieldGroup(Text("Door", es: "Puerta"), own), FieldGroup(driver.label, settings), secrets(answer),
        ].compactMap(\.self)
        let form = PageForm(
            path, groups: groups, buttons: [FormButton(Text("Save", es: "Guardar"))], errors: answer.errors,
            look: .long,
            hidden: [QueryItem("state", row?.json["updated_at"]?.stringValue ?? "")],
            cancel: row.map { "\(AdminPath.doors)\($0.id)/" } ?? AdminPath.doors)
        return page.admin(title(page), crumbs: crumbs(page), status: answer.status, form.html(page))
    }

    private func title(_ page: PageContext) -> String {
        row.map { "\(page.localized(.edit)): \($0.name)" } ?? page.localized(Text("Add: Door", es: "Agregar: Puerta"))
    }

    private func crumbs(_ page: PageContext) -> [Crumb] {
        [Crumb(path: AdminPath.doors, label: page.localized(doors.plural))]
            + (row.map { [Crumb(path: "\(AdminPath.doors)\($0.id)/", label: $0.name)] } ?? [])
    }

    /// Nil for a driver without.
    private func secrets(_ answer: FormAnswer) -> FieldGroup? {
        let declared = driver.settings.filter(\.isSecret)
        guard !declared.isEmpty else { return nil }
        let known = Set((row?.json["secrets_set"]?.elements ?? []).compactMap(\.stringValue))
        var fields = declared.map { setting -> FormField in
            var field = FormField(setting, "")
            if known.contains(setting.name) {
                field.hint = setting.hint.followed(by: Self.keeps)
                field.isRequired = false
                field.isMarkedOptional = false
            }
            return field
        }
        let removable = declared.filter { known.contains($0.name) && !$0.isRequired }
        if !removable.isEmpty {
            fields.append(
                FormField(
                    Self.forgotten, Text("Forget", es: "Olvidar"),
                    .boxes(removable.map { FormOption($0.name, $0.label) }),
                    answer.form?.texts(Self.forgotten) ?? [], required: false))
        }
        return FieldGroup(Text("Secrets", es: "Secretos"), fields)
    }

    private static let keeps = Text(
        "It is set and never shown. Leave it blank to keep it.",
        es: "Está guardado y nunca se muestra. Déjelo en blanco para conservarlo.")
}

extension FormField {
    /// A setting as a form shows it.
    fileprivate init(_ setting: DoorSetting, _ value: String) {
        let control: Control =
            switch setting.kind {
            case .text(let maximum): .text(maximum: maximum, verbatim: true)
            case .lines: .lines
            case .integer: .number
            case .flag: .box
            case .choice(let options):
                .choice(options.map { FormOption($0.value, $0.label) }, blank: setting.isRequired ? nil : "–")
            case .url: .text(maximum: 2000, verbatim: true)
            case .address: .text(maximum: 60, verbatim: true)
            case .secret: .password(autocomplete: "new-password")
            }
        let isFlag = if case .flag = setting.kind { true } else { false }
        self.init(
            "\(setting.isSecret ? "secrets" : "settings").\(setting.name)", setting.label, control,
            [isFlag ? ["yes", "true"].contains(value) ? "true" : "false" : value],
            hint: setting.hint.english.isEmpty ? nil : setting.hint, required: setting.isRequired && !isFlag)
        isMarkedOptional = !setting.isRequired && !isFlag
    }
}

extension DoorSetting {
    /// What stands in its field: what was typed, what is filled in, or what holds where nothing is said.
    fileprivate func stands(_ form: Form?, _ filled: [String: String], isNew: Bool) -> String {
        if let form { return form.text("settings.\(name)") }
        return filled[name] ?? (isNew ? standard ?? "" : "")
    }
}

extension Text {
    fileprivate func followed(by other: Text) -> Text {
        english.isEmpty ? other : Text("\(english) \(other.english)", es: "\(spanish) \(other.spanish)")
    }
}
