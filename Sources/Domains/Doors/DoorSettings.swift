import Cryptography
import JSON
import OpenAPI
import PostgreSQL
import Resource
import Web

/// The settings of a door, as its driver declares them: what a client sent, checked, as columns of the row.
///
/// In JSON they are two objects of texts, `settings` and `secrets`; a form names them `settings.url`. Settings that are sent take
/// the place of all there were; of secrets those that are not named stay, and blank or null takes one away.
/// - SQL: `api.door_settings` (sql/functions/doors/door_settings.sql) locks the row.
enum DoorSettings {
    static let columns = DerivedColumns(
        properties: { isNew in
            [
                Property(
                    "settings", .with(.map(.string), [.init(name: "examples", value: [example])]), about,
                    required: isNew),
                Property(
                    "secrets", .with(.map(.nullable(.string)), [.init(name: "writeOnly", value: true)]), aboutSecrets,
                    required: false),
            ]
        },
        read: read)

    /// Of the driver that stands first, at an address that is nobody's (RFC 5737).
    private static let example: JSON = ["address": "http://192.0.2.50", "open_path": "/relay/0?turn=on"]

    private static let about: Text = {
        let needed = DriverDeclaration.all.map { driver in
            let names = driver.publicSettings.filter(\.isRequired).map { "`\($0.name)`" }.joined(separator: ", ")
            return "`\(driver.name)`: \(names)"
        }.joined(separator: "; ")
        return Text(
            "Settings by name, as the driver has them; all at once. Needed are: \(needed).",
            es: "Ajustes por nombre, según el controlador; todos a la vez. Son necesarios: \(needed).")
    }()

    private static let aboutSecrets = Text(
        "Secret settings by name. Those left out stay; blank or null takes one away. Never shown.",
        es: "Ajustes secretos por nombre. Los que falten se conservan; vacío o null quita uno. Nunca se muestran.")

    private static func read(_ form: Form, _ id: Int64?, _ context: Context) throws -> DerivedColumns.Result {
        let stored = try id.map { try StoredDoor($0, context) } ?? StoredDoor(driver: form.text("driver"))
        // Of a row that is not there, and of an unknown driver, others tell.
        guard let stored, let driver = DriverDeclaration.named(stored.driver) else { return DerivedColumns.Result() }
        var result = DerivedColumns.Result()
        if let settings = read("settings", driver.publicSettings, form, isNew: id == nil, &result.faults) {
            let values = driver.publicSettings.compactMap { setting in
                setting.checked(settings[setting.name] ?? nil, "settings", &result.faults)
            }
            result.columns.append(("settings", .text(JSON.object(values).text)))
        }
        let secrets = driver.settings.filter(\.isSecret)
        if let sent = read("secrets", secrets, form, isNew: id == nil, &result.faults) {
            let kept = try merge(sent, into: stored, secrets, context, &result.faults)
            if result.faults.isEmpty { result.columns += try columns(of: kept, stored, context) }
        }
        return result
    }

    /// What was sent of one of the two objects, by name; nil where a row that is changed keeps what it has.
    private static func read(
        _ part: String, _ known: [DoorSetting], _ form: Form, isNew: Bool, _ faults: inout [FieldError]
    ) -> [String: String?]? {
        var sent: [String: String?] = [:]
        for item in form.texts where item.name.hasPrefix("\(part).") {
            sent[String(item.name.dropFirst(part.count + 1))] = item.value
        }
        if let value = form[part] {
            guard let members = value.json?.members else {
                faults.append(FieldError(part, .notADictionary(value.typeName)))
                return nil
            }
            for member in members {
                switch member.value {
                case .null: sent[member.name] = .some(nil)
                case .string(let text): sent[member.name] = text
                case .integer(let number): sent[member.name] = String(number)
                case .bool(let isOn): sent[member.name] = isOn ? "yes" : "no"
                default: faults.append(FieldError("\(part).\(member.name)", .notAString))
                }
            }
        } else if sent.isEmpty, !isNew {
            return nil
        }
        for name in sent.keys.sorted() where !known.contains(where: { $0.name == name }) {
            faults.append(FieldError("\(part).\(name)", .noSuchSetting))
        }
        return sent
    }

    /// - Returns: all secrets as they then are.
    private static func merge(
        _ sent: [String: String?], into stored: StoredDoor, _ secrets: [DoorSetting], _ context: Context,
        _ faults: inout [FieldError]
    ) throws -> [JSON.Member] {
        // What cannot be opened any more is to be entered anew.
        let former =
            stored.secrets.flatMap {
                try? SealedSecrets.open(
                    $0, owner: stored.owner, generation: stored.generation, with: context.keys.outbox)
            } ?? [:]
        return secrets.compactMap { setting in
            guard let text = sent[setting.name] else {
                if let kept = former[setting.name] { return .init(name: setting.name, value: .string(kept)) }
                if setting.isRequired { faults.append(FieldError("secrets.\(setting.name)", .required)) }
                return nil
            }
            return setting.checked(text, "secrets", &faults)
        }
    }

    private static func columns(
        of secrets: [JSON.Member], _ stored: StoredDoor, _ context: Context
    ) throws -> [(name: String, parameter: Parameter)] {
        let names = ("secret_names", Parameter.textArray(secrets.map(\.name)))
        guard !secrets.isEmpty else { return [names, ("secrets", .null), ("secrets_generation", .integer(0))] }
        let ring = context.keys.outbox
        let values = Dictionary(secrets.map { ($0.name, $0.value.stringValue ?? "") }, uniquingKeysWith: { $1 })
        let sealed: [UInt8]
        do { sealed = try SealedSecrets.seal(values, owner: stored.owner, with: ring) } catch {
            throw HTTPError(503, .noOutboxKey)
        }
        return [names, ("secrets", .bytes(sealed)), ("secrets_generation", .integer(Int64(ring.generation)))]
    }
}

/// What a door has now, locked until the transaction ends.
private struct StoredDoor {
    let driver: String
    var secrets: [UInt8]?
    var generation = 0

    /// What its secrets are sealed for.
    var owner: String { "door/\(driver)" }

    init(driver: String) { self.driver = driver }

    /// Nil for a row that the caller does not see.
    init?(_ id: Int64, _ context: Context) throws {
        let read = Statement(
            "select driver, secrets, secrets_generation from api.door_settings($1)", name: "door_settings",
            parameters: [.integer(id)])
        guard let row = try context.run([read])[0].first else { return nil }
        driver = try row.text(0)
        secrets = try row.optionalBytes(1)
        generation = Int(clamping: try row.integer(2))
    }
}

extension DriverDeclaration {
    /// What it is told and everybody who administers may read; which device it is, among it.
    package var publicSettings: [DoorSetting] {
        let preset = DoorSetting(
            "preset", .choice(presets.map { ($0.name, Text($0.label, es: $0.label)) }),
            Text("Device", es: "Dispositivo"))
        let isNamed = settings.contains { $0.name == preset.name }
        return (presets.isEmpty || isNamed ? [] : [preset]) + settings.filter { !$0.isSecret }
    }
}

extension JSON {
    /// As one line of text.
    fileprivate var text: String { String(decoding: serialized(), as: UTF8.self) }
}

extension Text {
    fileprivate static let noOutboxKey = Text(
        "The key that seals secrets of doors is missing: whoever runs the server makes it with `garita keys init`.",
        es:
            "Falta la clave que sella los secretos de las puertas: quien opera el servidor la genera con `garita keys init`."
    )
    fileprivate static let noSuchSetting = Text(
        "This driver has no such setting.", es: "Este controlador no tiene ese ajuste.")
}
