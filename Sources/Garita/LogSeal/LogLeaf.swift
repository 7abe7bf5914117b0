import Cryptography
import PostgreSQL

/// What a seal covers of one row of the access log.
struct LogLeaf {
    /// SHA-256 of what never changes of the row.
    let facts: [UInt8]
    /// HMAC-SHA256 of what retention blanks, with a key the database does not hold.
    let person: [UInt8]

    /// What the Merkle tree is made of.
    var bytes: [UInt8] { facts + person }

    /// - Parameter key: of ``SealKey``.
    init(id: Int64, facts: ArraySlice<UInt8>, person: ArraySlice<UInt8>, key: SealKey) {
        self.facts = Checksum.sha256Bytes(Array(facts))
        self.person = key.personTag(of: id, person)
    }

    init(facts: [UInt8], person: [UInt8]) {
        self.facts = facts
        self.person = person
    }

    /// Of a row `l` of the log: everything but what ``person`` covers, always written the same way.
    ///
    /// It stands here and not in a function of the database, because whoever can change rows could change that too.
    /// The order and the form of these columns are what was signed: a new column is a new version of both.
    static let factsColumn = """
        jsonb_build_array(l.id, to_char(l."timestamp" at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), l.site_id,
            l.resident_id, l.visitor_id, l.unit_id, l.unit_display, l.access_point_id, l.access_point_name,
            l.access_type, l.access_method, encode(l.code_tag, 'hex'), l.code_hint, l.temporary_code_id,
            l.access_code_id, l.status, l.reasons, l.warnings, l.authorized_by, l.request_id, l.ip_address,
            l.device_id)::text
        """

    /// Of a row `l` of the log: what `garita.erase_log_names` blanks.
    static let personColumn = """
        jsonb_build_array(l.person_name, l.person_document, l.vehicle_plate, l.photo, l.notes, l.temperature::text)::text
        """

    /// How ``personColumn`` reads once it is blanked.
    static let blankPerson = Array(#"["", "", "", "", "", null]"#.utf8)
}

/// The key of one generation: signs seals and tags what a row says of a person.
struct SealKey {
    let generation: Int
    private let signing: SigningKey
    private let tagging: Secret

    init(_ master: MasterKey) throws {
        generation = master.generation
        signing = try SigningKey(from: master.secret, label: "log-seal/sign")
        tagging = master.secret.derive("log-seal/person")
    }

    var publicKey: [UInt8] { signing.publicKey }

    func signature(for chain: [UInt8]) throws -> [UInt8] { try signing.signature(for: chain) }

    func personTag(of id: Int64, _ person: ArraySlice<UInt8>) -> [UInt8] {
        tagging.authenticationCode(for: Array("\(id)|".utf8) + person)
    }
}
