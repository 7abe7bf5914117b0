import CommonPasswords
import Testing
import Users
import Web

private let owner = PasswordOwner(
    username: "mgarcia", firstName: "María Fernanda", lastName: "García López", email: "mafer.garcia@residencial.mx",
    site: "Residencial Los Pinos")

private func faults(of password: String) throws -> [String] {
    try PasswordPolicy.faults(of: password, owner).map(\.english)
}

@Suite struct `A new password` {
    init() {
        CommonPasswords.use(
            file: #filePath.replacing(
                "Tests/UsersTests/PasswordPolicyTests.swift", with: ".build/release/common-passwords.txt"))
    }

    @Test(arguments: ["la vaca verde salta", "K7M2P9QX-TRHYBN4C", "correct horse battery staple"])
    func `is welcome when nobody would guess it`(password: String) throws {
        #expect(try faults(of: password) == [])
    }

    @Test func `has eight to 1024 characters`() throws {
        #expect(
            try faults(of: "q7#Zp0w") == ["This password is too short. It must contain at least 8 characters."])
        #expect(try faults(of: "q7#Zp0w!") == [])
        #expect(try faults(of: "ñé€😀ßæøå") == [])
        let long = String(repeating: "la vaca verde ", count: 74).prefix(1024)
        #expect(try faults(of: String(long)) == [])
        #expect(try faults(of: long + "!") == ["Ensure this field has no more than 1024 characters."])
    }

    @Test(arguments: ["password", "password1", "iloveyou1"])
    func `is not common`(password: String) throws {
        #expect(try faults(of: password) == ["This password is too common."])
    }

    @Test func `is not a number`() throws {
        #expect(try faults(of: "83920175523") == ["This password is entirely numeric."])
        #expect(try faults(of: "12345678").contains("This password is entirely numeric."))
    }

    @Test(
        arguments: [
            ("mgarcia26", "username"), ("María Fernanda", "first name"), ("Fernanda1", "first name"),
            ("lopez-garcía", "last name"), ("mafer.garcia", "email address"), ("residencial2026", "site name"),
        ])
    func `is not made of what everybody knows of its owner`(password: String, attribute: String) throws {
        #expect(try faults(of: password).contains("The password is too similar to the \(attribute)."))
    }

    @Test func `is refused by field, in both languages`() throws {
        let error = #expect(throws: HTTPError.self) {
            try PasswordPolicy.check("password", of: owner, as: "new_password")
        }
        let body = try #require(error).response(.spanish, requestID: "").body
        #expect(
            String(decoding: body, as: UTF8.self) == #"{"new_password":["Esta contraseña es demasiado común."]}"#)
    }
}
