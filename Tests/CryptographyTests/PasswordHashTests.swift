import Cryptography
import Testing

@Suite struct `A stored password` {
    /// Made with Python's hashlib, in the format of Django's `PBKDF2PasswordHasher`.
    @Test(arguments: [
        (
            "pbkdf2_sha256$1000000$saltSALTsaltSALTsaltSA$07XtxyUc6XxwNviLMKHwlmOY2blpG07LN/H7lf1vrxI=",
            "correct horse", false
        ),
        ("pbkdf2_sha256$600000$seasalt$0nrcmkRY2EhUB/Zpb9I9jIHNlX27nLWF2qNtxrMDer8=", "Contraseña de Ñandú 😀", true),
        ("pbkdf2_sha256$1000$s$HR/6V8wgUN1kPTden0l+XrmvHh7Gl0jXIg5Wb/Tp85Y=", "", true),
        ("pbkdf2_sha256$1$x$IeBUaji32kDg8l38VKS+9Yorr6k4i269Db0ofqMkD9E=", String(repeating: "x", count: 1_024), true),
    ])
    func `of the legacy API is recognised`(stored: String, password: String, old: Bool) throws {
        let hash = try PasswordHash(stored)
        #expect(hash.matches(password))
        #expect(!hash.matches(password + " "))
        #expect(!hash.matches("x" + password))
        #expect(hash.needsUpgrade == old)
        #expect(hash.stored == stored)
    }

    @Test func `differs when an accent is written in another Unicode form`() throws {
        let hash = try PasswordHash("pbkdf2_sha256$600000$seasalt$0nrcmkRY2EhUB/Zpb9I9jIHNlX27nLWF2qNtxrMDer8=")
        #expect(!hash.matches("Contrasen\u{303}a de N\u{303}andu\u{301} 😀"))
    }

    @Test func `made here has today's cost, a salt of its own, and is recognised`() throws {
        let first = try PasswordHash.make("Ñandú 123")
        let second = try PasswordHash.make("Ñandú 123")
        #expect(first.stored != second.stored)
        #expect(first.stored.wholeMatch(of: /pbkdf2_sha256\$1000000\$[A-Za-z0-9]{22}\$[A-Za-z0-9+\/]{43}=/) != nil)
        #expect(try PasswordHash(first.stored).matches("Ñandú 123"))
        #expect(!first.matches("Nandu 123"))
        #expect(!first.needsUpgrade)
    }

    @Test(arguments: [
        "", "!", "!x8f7aNxm", "password", "$$$", "pbkdf2_sha256$1000$s",
        "pbkdf2_sha1$1000$s$HR/6V8wgUN1kPTden0l+XrmvHh4=",
        "argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$aGFzaA", "bcrypt_sha256$$2b$12$abc", "md5$a$b",
        "pbkdf2_sha256$0$s$HR/6V8wgUN1kPTden0l+XrmvHh7Gl0jXIg5Wb/Tp85Y=",
        "pbkdf2_sha256$-1$s$HR/6V8wgUN1kPTden0l+XrmvHh7Gl0jXIg5Wb/Tp85Y=",
        "pbkdf2_sha256$+1000$s$HR/6V8wgUN1kPTden0l+XrmvHh7Gl0jXIg5Wb/Tp85Y=",
        "pbkdf2_sha256$01000$s$HR/6V8wgUN1kPTden0l+XrmvHh7Gl0jXIg5Wb/Tp85Y=",
        "pbkdf2_sha256$99999999999999999999$s$HR/6V8wgUN1kPTden0l+XrmvHh7Gl0jXIg5Wb/Tp85Y=",
        "pbkdf2_sha256$1000$$HR/6V8wgUN1kPTden0l+XrmvHh7Gl0jXIg5Wb/Tp85Y=",
        "pbkdf2_sha256$1000$s$HR/6V8wgUN1kPTden0l+XrmvHh7Gl0jXIg5Wb/Tp85Y",
        "pbkdf2_sha256$1000$s$HR/6V8wgUN1kPTden0l+XrmvHh7Gl0jXIg5Wb/Tp85Z=",
        "pbkdf2_sha256$1000$s$HR/6V8wgUN1kPTden0l+XrmvHh7Gl0jXIg5Wb/Tp85Y=$x",
        "pbkdf2_sha256$1000$s$HR/6", "pbkdf2_sha256$1000$s$",
        " pbkdf2_sha256$1000$s$HR/6V8wgUN1kPTden0l+XrmvHh7Gl0jXIg5Wb/Tp85Y=",
    ])
    func `of unknown format is refused`(stored: String) {
        #expect(throws: PasswordHashError.unknownFormat) { try PasswordHash(stored) }
    }

    @Test func `that would hold a worker for minutes is refused`() throws {
        let digest = "HR/6V8wgUN1kPTden0l+XrmvHh7Gl0jXIg5Wb/Tp85Y="
        #expect(throws: PasswordHashError.tooManyIterations) { try PasswordHash("pbkdf2_sha256$10000001$s$\(digest)") }
        #expect(try PasswordHash("pbkdf2_sha256$10000000$s$\(digest)").needsUpgrade == false)
    }

    @Test func `of nobody costs as much as one of somebody and matches nothing`() throws {
        let clock = ContinuousClock()
        let known = try PasswordHash(
            "pbkdf2_sha256$1000000$saltSALTsaltSALTsaltSA$07XtxyUc6XxwNviLMKHwlmOY2blpG07LN/H7lf1vrxI=")
        let somebody = clock.measure { #expect(!known.matches("wrong")) }
        let nobody = clock.measure { #expect(!PasswordHash.dummy.matches("wrong")) }
        #expect(nobody > somebody / 4 && nobody < somebody * 4)
        #expect(PasswordHash.dummy.stored.hasPrefix("pbkdf2_sha256$1000000$"))
    }

    @Test func `never prints itself`() throws {
        let hash = try PasswordHash("pbkdf2_sha256$1000$seasalt$HR/6V8wgUN1kPTden0l+XrmvHh7Gl0jXIg5Wb/Tp85Y=")
        var dumped = ""
        dump(hash, to: &dumped)
        for text in ["\(hash)", String(reflecting: hash), dumped] {
            #expect(!text.contains("seasalt") && !text.contains("HR/6"))
        }
    }
}
