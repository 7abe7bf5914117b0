import Cryptography
import Images
import JSON
import Monitoring
import OperatingSystem
import PostgreSQL
import Web

/// Signs in and asks a gate, in a restored database, through the code of the workers.
struct ProofRequests {
    let configuration: Configuration
    let keys: KeyStore
    /// As the owner.
    let database: Database

    private static let user = "garita-proof"

    func run() throws -> (lines: [String], faults: [String]) {
        guard let code = try storedCode() else {
            return (["signed in and decided: left out, no code is stored that opens somewhere"], [])
        }
        let token = try signIn(at: code.site)
        let before = try logRows()
        let body: JSON = .object([
            .init(name: "code", value: .string(code.text)), .init(name: "access_point_id", value: .integer(code.gate)),
        ])
        let answer = try ask(.gate, "/api/access/codes/validate/", body, token: token)
        guard let isValid = answer.json["valid"]?.boolValue else {
            return ([], ["a gate answered \(answer.status) instead of a verdict"])
        }
        let isUnknown = answer.json["reasons"]?.elements?.contains(.string("unknown_code")) == true
        var faults = isUnknown ? ["a stored code was not recognised: these keys are not those of the backup"] : []
        if try logRows() != before + 1 { faults.append("the decision is not in the log") }
        return (["signed in, and a stored code was decided: \(isValid ? "granted" : "refused")"], faults)
    }

    /// The newest code that can be shown again, of a site with a gate: its plain text stays in this process.
    private func storedCode() throws -> (text: String, site: Int64, gate: Int64)? {
        let codes = try keys.load().codes
        for row in try database.run(Statement(Self.codes)) {
            let text = try codes.open(
                try row.bytes(0), tag: try row.bytes(1), generation: Int(clamping: try row.integer(2)))
            return (text, try row.integer(3), try row.integer(4))
        }
        return nil
    }

    /// Makes a guard, as the operator's command does, and signs in with the password.
    private func signIn(at site: Int64) throws -> String {
        let password = Hexadecimal.encode(RandomBytes.make(count: 16))
        _ = try database.run([
            Statement("update garita.sites set second_factor_roles = '{}' where id = $1", parameters: [.integer(site)]),
            Statement("delete from garita.gate_throttles"), Statement("delete from garita.guess_counts"),
            Statement(
                "select garita.create_user($1, $2, 'GUARD', p_site_id => $3)",
                parameters: [.text(Self.user), .text(try PasswordHash.make(password).stored), .integer(site)]),
        ])
        let body: JSON = .object([
            .init(name: "username", value: .string(Self.user)), .init(name: "password", value: .string(password)),
        ])
        let answer = try ask(.auth, "/api/auth/login/", body, token: nil)
        guard answer.status == 200, let token = answer.json["access"]?.stringValue else {
            throw CommandFailure.badData("signing in was answered with \(answer.status)")
        }
        return token
    }

    private func ask(_ pool: Pool, _ path: String, _ body: JSON, token: String?) throws -> (status: Int, json: JSON) {
        var application = try ReloadingApplication(
            keys, pool: pool, photos: PhotoFolder(configuration.photos), assets: configuration.assets(),
            meter: Meter(counterPlan))
        var parameters = ["REQUEST_ID": Hexadecimal.encode(RandomBytes.make(count: 16)), "REMOTE_ADDR": "127.0.0.1"]
        if let token { parameters["HTTP_AUTHORIZATION"] = "Bearer \(token)" }
        let request: Request
        do {
            request = try Request(
                method: Method.post.rawValue, path: path, contentType: "application/json", body: body.serialized(),
                parameters: parameters)
        } catch { throw CommandFailure.failed("a request could not be made") }
        let outcome = application.now().respond(
            to: request, database: configuration.database(as: pool.role, deadlineMilliseconds: 10_000))
        return (outcome.response.status, (try? JSON(parsing: outcome.response.body)) ?? .null)
    }

    private func logRows() throws -> Int64 {
        try database.run(Statement("select count(*) from garita.access_logs")).single().integer(0)
    }

    private static let codes = """
        select c.sealed, c.tag, c.key_version, c.site_id, p.id
        from (
            select t.code_sealed as sealed, t.code_tag as tag, t.key_version, t.site_id, t.created_at
            from garita.temporary_codes t where t.code_sealed is not null and t.code_type <> 'OTP'
            union all
            select a.code_sealed, a.code_tag, a.key_version, a.site_id, a.created_at
            from garita.access_codes a where a.code_sealed is not null) c
        join garita.sites s on s.id = c.site_id and s.is_active
        cross join lateral (
            select min(g.id) as id from garita.access_points g where g.site_id = c.site_id and g.is_active) p
        where p.id is not null
        order by c.created_at desc limit 1
        """
}
