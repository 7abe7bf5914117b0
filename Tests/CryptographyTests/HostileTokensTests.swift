import Cryptography
import JSON
import Testing

private let goodHeader = #"{"alg":"HS256","typ":"JWT","kid":"a1"}"#

/// The claims of a good access token, with some of them replaced (nil: left out), as JSON text.
private func payload(_ changes: [(String, String?)] = []) -> String {
    var claims = [
        ("token_type", "\"access\""), ("exp", "1800003600"), ("iat", "1800000000"),
        ("jti", "\"0123456789abcdef0123456789abcdef\""), ("user_id", "\"7\""), ("iss", "\"garita\""),
        ("aud", "\"garita\""), ("tv", "2"), ("sid", "42"), ("role", "\"GUARD\""),
    ]
    for (name, value) in changes {
        let place = claims.firstIndex { $0.0 == name }
        switch (place, value) {
        case (let place?, let value?): claims[place].1 = value
        case (let place?, nil): claims.remove(at: place)
        case (nil, let value?): claims.append((name, value))
        case (nil, nil): break
        }
    }
    return "{" + claims.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
}

/// A token signed as ours are, whatever it says: what an attacker with the key, or a bug of ours, could make.
private func signed(header: String = goodHeader, _ payload: String, label: String = "jwt-access/1") throws -> String {
    let message = Base64URL.encode(header.utf8) + "." + Base64URL.encode(payload.utf8)
    let code = try knownSecret().derive(label).authenticationCode(for: Array(message.utf8))
    return message + "." + Base64URL.encode(code)
}

/// What the check answers; nil when the token is accepted.
private func refusal(of token: String, as kind: TokenKind? = .access) throws -> TokenError? {
    let tokens = try knownTokens()
    do throws(TokenError) {
        _ = try tokens.verify(token, as: kind, now: issuedAt)
        return nil
    } catch { return error }
}

@Suite struct `A hostile token` {
    @Test func `has an honest twin that is accepted`() throws {
        #expect(try refusal(of: signed(payload())) == nil)
    }

    @Test(arguments: [
        #"{"alg":"none","typ":"JWT","kid":"a1"}"#, #"{"alg":"None","typ":"JWT","kid":"a1"}"#,
        #"{"alg":"NONE","typ":"JWT"}"#,
        #"{"alg":"hs256","typ":"JWT","kid":"a1"}"#, #"{"alg":"HS384","typ":"JWT","kid":"a1"}"#,
        #"{"alg":"HS512","typ":"JWT","kid":"a1"}"#, #"{"alg":"RS256","typ":"JWT","kid":"a1"}"#,
        #"{"alg":"ES256","typ":"JWT","kid":"a1"}"#, #"{"alg":["HS256"],"typ":"JWT","kid":"a1"}"#,
        #"{"typ":"JWT","kid":"a1"}"#,
        #"{"alg":"HS256","typ":"JWT"}"#, #"{"alg":"HS256","kid":"a1"}"#, #"{"alg":"HS256","typ":"jwt","kid":"a1"}"#,
        #"{"alg":"HS256","typ":"JWE","kid":"a1"}"#, #"{"alg":"HS256","typ":"JWT","kid":"a2"}"#,
        #"{"alg":"HS256","typ":"JWT","kid":"a01"}"#, #"{"alg":"HS256","typ":"JWT","kid":"A1"}"#,
        #"{"alg":"HS256","typ":"JWT","kid":"x1"}"#, #"{"alg":"HS256","typ":"JWT","kid":""}"#,
        #"{"alg":"HS256","typ":"JWT","kid":1}"#, #"{"alg":"HS256","typ":"JWT","kid":["a1"]}"#,
        #"{"alg":"HS256","typ":"JWT","kid":null}"#, #"{"alg":"HS256","typ":"JWT","kid":"../../../dev/null"}"#,
        #"{"alg":"HS256","typ":"JWT","kid":"a1' or '1'='1"}"#, #"{"alg":"HS256","typ":"JWT","kid":"a1\u0000"}"#,
        #"{"alg":"HS256","typ":"JWT","kid":"a1","crit":["exp"]}"#,
        #"{"alg":"HS256","typ":"JWT","kid":"a1","b64":false}"#,
        #"{"alg":"HS256","typ":"JWT","kid":"a1","jku":"https://evil.example/k"}"#,
        #"{"alg":"HS256","typ":"JWT","kid":"a1","x5u":"https://evil.example/c"}"#,
        #"{"alg":"HS256","typ":"JWT","kid":"a1","jwk":{"kty":"oct","k":"AA"}}"#,
        #"{"alg":"none","alg":"HS256","typ":"JWT","kid":"a1"}"#, #"{"alg":"HS256","typ":"JWT","kid":"a1","kid":"a1"}"#,
        #"{"typ":"JWT","alg":"HS256","kid":"a1"}"#, #"{"alg":"HS256", "typ":"JWT","kid":"a1"}"#,
        #"{"alg":"HS256","typ":"JWT","kid":"a1"} "#, #"{"alg":"HS256","typ":"JWT","kid":"a1","cty":"JWT"}"#,
        "", "{}", "[]", "null", "HS256", #"{"alg":"HS256""#,
    ])
    func `with any header but ours is refused, even rightly signed`(header: String) throws {
        #expect(try refusal(of: signed(header: header, payload())) == .invalid)
    }

    @Test(arguments: [
        "kid", "a", "jwt-refresh/1", "jwt-access/2", "jwt-access", "csrf/1", "session/1", "jwt-refresh-id/1",
    ])
    func `signed with the key of another purpose is refused`(label: String) throws {
        #expect(try refusal(of: signed(payload(), label: label)) == .invalid)
    }

    @Test func `with a very long key name is refused`() throws {
        let name = String(repeating: "a1", count: 5_000)
        #expect(
            try refusal(of: signed(header: #"{"alg":"HS256","typ":"JWT","kid":"\#(name)"}"#, payload())) == .invalid)
    }

    @Test func `with a signature that is missing, short, long, changed or spelt otherwise is refused`() throws {
        let token = try signed(payload())
        let message = token.split(separator: ".").prefix(2).joined(separator: ".")
        let code = try #require(Base64URL.decode(token.split(separator: ".")[2]))
        var codes: [[UInt8]] = [[], [0], code + [0], Array(repeating: 0, count: 32), code.reversed()]
        codes += (1..<32).map { Array(code.prefix($0)) }
        for index in code.indices {
            var changed = code
            changed[index] ^= 0x80
            codes.append(changed)
        }
        for code in codes { #expect(try refusal(of: "\(message).\(Base64URL.encode(code))") == .invalid) }
        // The last letter of 32 bytes carries two bits that mean nothing: its other spellings are refused.
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" where letter != token.last {
            #expect(try refusal(of: token.dropLast() + String(letter)) == .invalid)
        }
    }

    @Test func `of another shape is refused`() throws {
        let token = try signed(payload())
        let parts = token.split(separator: ".").map(String.init)
        let shapes = [
            "", ".", "..", "...", "a.b.c", parts[0], "\(parts[0]).\(parts[1])", "\(parts[0]).\(parts[1]).", "\(token).",
            ".\(token)", "\(token).\(parts[2])", "\(token)=", "\(parts[0])=.\(parts[1]).\(parts[2])",
            "\(parts[0]).\(parts[1])=.\(parts[2])",
            " \(token)", "\(token) ", "\(token)\n", "\(parts[0]). \(parts[1]).\(parts[2])", "\(token)\0", "\0\(token)",
            "\(parts[0])..\(parts[2])", ".\(parts[1]).\(parts[2])", "Bearer \(token)", "\"\(token)\"", "null", "[]",
            "{}",
            #"{"protected":"\#(parts[0])","payload":"\#(parts[1])","signature":"\#(parts[2])"}"#,
            #"{"payload":"\#(parts[1])","signatures":[{"protected":"\#(parts[0])","signature":"\#(parts[2])"}]}"#,
            "\(parts[0])\u{3002}\(parts[1])\u{3002}\(parts[2])", "\(parts[0]).\(parts[1]).\(parts[2])\u{200B}",
            "e\u{301}.😀.ñ",
            "eyJhbGciOiJub25lIn0.\(parts[1]).", String(repeating: ".", count: 2_000),
            String(repeating: "a", count: 2_048),
            String(repeating: "a", count: 1_000_000),
        ]
        for shape in shapes { #expect(try refusal(of: shape) == .invalid) }
    }

    @Test func `longer than 2 KB is refused although its signature is right`() throws {
        let filling = { (count: Int) in try signed(payload([("pad", "\"\(String(repeating: "x", count: count))\"")])) }
        #expect(try refusal(of: filling(1_100)) == nil)
        #expect(try filling(1_500).utf8.count > 2_048)
        #expect(try refusal(of: filling(1_500)) == .invalid)
    }

    @Test(arguments: [
        "", "null", "[]", "7", "\"x\"", "{", "{}x", "\u{FEFF}{}",
        "{\"token_type\":\"access\",\"token_type\":\"access\"}",
    ])
    func `whose payload is no object is refused without a trap`(payload: String) throws {
        #expect(try refusal(of: signed(payload)) == .invalid)
    }

    @Test func `that says a thing twice is refused`() throws {
        let twice = payload().dropLast() + ",\"user_id\":\"1\"}"
        #expect(try refusal(of: signed(String(twice))) == .invalid)
        let escaped = payload().dropLast() + ",\"user\\u005fid\":\"1\"}"
        #expect(try refusal(of: signed(String(escaped))) == .invalid)
    }

    @Test(
        arguments: [
            ("exp", "\"1800003600\""), ("exp", "1800003600.0"), ("exp", "1e300"),
            ("exp", "1000000000000000000000000000000"),
            ("exp", "null"), ("exp", "true"), ("exp", "[1800003600]"), ("exp", "{}"), ("iat", "1800003600"),
            ("iat", "\"1\""),
            ("iat", "1800000006"), ("iat", "9223372036854775807"), ("iat", nil), ("iat", "null"), ("iat", "1.5"),
            ("nbf", "1800003600"), ("nbf", "\"0\""), ("nbf", "null"), ("iss", "\"evil\""), ("iss", nil),
            ("iss", "[\"garita\"]"),
            ("iss", "\"Garita\""), ("aud", "\"other\""), ("aud", nil), ("aud", "[\"garita\"]"),
            ("aud", "[\"garita\",\"other\"]"),
            ("user_id", "[7]"), ("user_id", "\"abc\""), ("user_id", "\"\""), ("user_id", "0"), ("user_id", "-7"),
            ("user_id", "\"-7\""),
            ("user_id", "\"+7\""), ("user_id", "\" 7\""), ("user_id", "\"07\""), ("user_id", "\"7\\u0000\""),
            ("user_id", "7.0"),
            ("user_id", "true"), ("user_id", "null"), ("user_id", "{}"), ("user_id", "\"99999999999999999999\""),
            ("user_id", "\"７\""),
            ("jti", "null"), ("jti", "\"\""), ("jti", "\"xyz\""), ("jti", "7"),
            ("jti", "\"0123456789abcdef0123456789abcde\""),
            ("tv", nil), ("tv", "\"2\""), ("tv", "-1"), ("tv", "2147483648"), ("sid", nil), ("sid", "\"42\""),
            ("sid", "0"),
            ("role", nil), ("role", "7"), ("role", "\"\""), ("role", "\"\(String(repeating: "x", count: 33))\""),
        ] as [(String, String?)])
    func `with a claim that makes no sense is refused`(name: String, value: String?) throws {
        #expect(try refusal(of: signed(payload([(name, value)]))) == .invalid)
    }

    @Test(
        arguments: [
            ("exp", "1800000000", TokenError.expired), ("exp", "0", .expired), ("exp", "-1", .expired),
            ("exp", "-9223372036854775808", .expired),
            ("exp", nil, .noExpiry), ("jti", nil, .noID), ("token_type", nil, .noType),
            ("token_type", "\"refresh\"", .wrongType),
            ("token_type", "\"ACCESS\"", .wrongType), ("token_type", "7", .wrongType),
            ("token_type", "null", .wrongType),
            ("token_type", "[\"access\"]", .wrongType), ("user_id", nil, .noUser),
        ] as [(String, String?, TokenError)])
    func `is told the legacy API's reason`(name: String, value: String?, reason: TokenError) throws {
        #expect(try refusal(of: signed(payload([(name, value)]))) == reason)
    }

    @Test(arguments: [
        ("user_id", "7"), ("user_id", "\"9223372036854775807\""), ("exp", "9223372036854775807"), ("nbf", "1800000000"),
        ("jti", "\"0123456789ABCDEF0123456789ABCDEF\""),
    ])
    func `has unusual neighbours that are accepted`(name: String, value: String) throws {
        #expect(try refusal(of: signed(payload([(name, value)]))) == nil)
    }

    @Test(arguments: ["\"access\"", "\"refresh\""])
    func `that mixes kinds is refused: the key decides, not the claim`(type: String) throws {
        let refreshHeader = #"{"alg":"HS256","typ":"JWT","kid":"r1"}"#
        let mixed = try signed(
            header: refreshHeader, payload([("token_type", type), ("n", "1")]), label: "jwt-refresh/1")
        #expect(try refusal(of: mixed) == .wrongType)
        let underAccessKey = try signed(header: refreshHeader, payload([("token_type", type), ("n", "1")]))
        #expect(try refusal(of: underAccessKey, as: nil) == .invalid)
    }

    @Test(arguments: [nil, "\"1\"", "-1", "1.0", "2147483648", "null"] as [String?])
    func `of refresh without a sensible generation is refused`(generation: String?) throws {
        let refreshHeader = #"{"alg":"HS256","typ":"JWT","kid":"r1"}"#
        let token = try signed(
            header: refreshHeader, payload([("token_type", "\"refresh\""), ("n", generation)]), label: "jwt-refresh/1")
        #expect(try refusal(of: token, as: .refresh) == .invalid)
    }

    @Test func `costs next to nothing to refuse`() throws {
        let tokens = try knownTokens()
        let junk = try signed(payload()).dropLast(3) + "abc"
        let elapsed = ContinuousClock().measure {
            for _ in 0..<1_000 { _ = try? tokens.verify(String(junk), as: .access, now: issuedAt) }
        }
        #expect(elapsed < .seconds(1))
    }

    @Test func `made of random bytes never gets through and never traps`() throws {
        var generator = SeededGenerator(seed: 5)
        let token = Array(try signed(payload()).utf8)
        for _ in 0..<20_000 {
            var changed = token
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: changed.indices, using: &generator)
                changed[place] = UInt8.random(in: 0...127, using: &generator)
            }
            guard changed != token else { continue }
            #expect(try refusal(of: String(decoding: changed, as: UTF8.self)) == .invalid)
        }
    }

    @Test func `gets words that say nothing of it`() {
        let words = [TokenError.invalid, .expired, .wrongType, .noType, .noID, .noExpiry, .noUser].map(\.description)
        #expect(
            words == [
                "Token is invalid", "Token is expired", "Token has wrong type", "Token has no type", "Token has no id",
                "Token has no 'exp' claim", "Token contained no recognizable user identification",
            ])
    }
}
