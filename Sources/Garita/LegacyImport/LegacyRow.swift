import Cryptography
import JSON
import Vocabulary
import Web

/// A row of the legacy system, converted: fields under our names, and notes on what was changed.
struct LegacyRow {
    /// Number of the row in the legacy system.
    let id: Int64
    private(set) var fields: [JSON.Member] = []
    /// Ids of the gates a permanent code is limited to.
    private(set) var gates: JSON?
    /// What is not taken over as it was.
    private(set) var notes: [LegacyImportNote] = []
    /// The file of its photo, below the legacy system's folder of uploads.
    private(set) var photo: String?
    /// Fields that hold something and have no place here.
    private(set) var leftOver: [String] = []
    /// Why it cannot be taken; empty when the database is to judge it.
    private(set) var faults: [LegacyImportNote] = []

    /// - Throws: when the codes cannot be sealed.
    init(id: Int64, _ source: [JSON.Member], of table: LegacyTable, _ codes: CodeKeys) throws {
        self.id = id
        var converted: [String: JSON] = [:]
        for member in source where member.name != "id" {
            if let fault = table.kind(of: member.name)?.fault(of: member) {
                faults.append(fault)
            } else if table.columns.contains(member.name) {
                fields.append(member)
            } else if table.converted.contains(member.name) {
                converted[member.name] = member.value
            } else if let reference = table.reference(named: member.name) {
                set(reference.column, member.value)
            } else if table.hasPhoto, member.name == "photo", let file = member.value.stringValue, !file.isEmpty {
                photo = file
            } else if !member.value.isUnset {
                leftOver.append(member.name)
            }
        }
        guard faults.isEmpty else { return }
        switch table.model {
        case "customuser": convertUser(converted)
        case "accesscode", "temporarycode": try convertCode(converted, codes)
        case "accesslog": convertLog(converted, codes)
        default: break
        }
    }

    /// As `garita.import_legacy_rows` reads it.
    var element: JSON {
        var element: JSON = ["id": .integer(id), "row": .object(fields)]
        if let gates, case .object(let members) = element {
            element = .object(members + [JSON.Member(name: "points", value: gates)])
        }
        return element
    }

    /// As `garita.import_legacy_logs` reads it.
    var flatElement: JSON { .object([JSON.Member(name: "id", value: .integer(id))] + fields) }

    private mutating func set(_ name: String, _ value: JSON) {
        fields.removeAll { $0.name == name }
        fields.append(JSON.Member(name: name, value: value))
    }

    /// A superuser of the legacy system becomes an ADMIN of the site; an import makes no superuser across sites.
    private mutating func convertUser(_ converted: [String: JSON]) {
        let hash = converted["password"]?.stringValue ?? ""
        let isUsable = (try? PasswordHash(hash)) != nil
        set("password_hash", .string(isUsable ? hash : "!"))
        if !isUsable { notes.append(hash.isEmpty || hash.hasPrefix("!") ? .noPassword : .passwordUnknown) }
        if let joined = converted["date_joined"], !joined.isUnset { set("created_at", joined) }
        let role = fields.first { $0.name == "role" }?.value
        if converted["is_superuser"]?.boolValue == true {
            if role != "ADMIN" { notes.append(.superuser) }
            set("role", "ADMIN")
        } else if converted["is_staff"]?.boolValue == true, role != "ADMIN" {
            notes.append(.staff)
        }
    }

    private mutating func convertCode(_ converted: [String: JSON], _ codes: CodeKeys) throws {
        guard let text = converted["code"]?.stringValue, let code = GateCode(reading: text) else {
            return faults.append(.codeUnreadable)
        }
        set("code_tag", .string("\\x" + Hexadecimal.encode(codes.tag(code))))
        set("code_sealed", .string("\\x" + Hexadecimal.encode(try codes.seal(code))))
        set("code_hint", .string(code.hint))
        set("key_version", JSON(codes.generation))
        gates = converted["access_points"]
        guard let kind = converted["code_type"] else { return }
        // In the legacy system an OTP was six fixed digits, whatever the time: here that is a NUMERIC code.
        set("code_type", kind == "OTP" ? "NUMERIC" : kind)
        if kind == "OTP" { notes.append(.fixedNumber) }
    }

    private mutating func convertLog(_ converted: [String: JSON], _ codes: CodeKeys) {
        if let code = GateCode(reading: converted["code_used"]?.stringValue ?? "") {
            set("code_tag", .string("\\x" + Hexadecimal.encode(codes.tag(code))))
            set("code_hint", .string(code.hint))
        }
        var remarks = converted["notes"]?.stringValue ?? ""
        if let words = converted["denial_reason"]?.stringValue, !words.isEmpty {
            let reason = Reason.name(ofLegacy: words)
            set("reasons", [.string(reason.name)])
            if !reason.isExact { remarks += (remarks.isEmpty ? "" : "\n") + words }
        }
        set("notes", .string(remarks))
    }
}

extension JSON {
    /// Whether a field of the legacy system holds nothing.
    var isUnset: Bool { self == .null || self == "" || self == false || self == .array([]) }
}
