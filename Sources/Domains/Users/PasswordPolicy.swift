import CommonPasswords
import JSON
package import Web

/// Whose password it is: nothing of this may be in it.
package struct PasswordOwner: Sendable {
    /// What the password is compared with, and how a sentence names it.
    let attributes: [(value: String, name: Text)]

    /// - Parameter site: name of the residence.
    package init(username: String, firstName: String, lastName: String, email: String, site: String) {
        attributes = [
            (username, Text("username", es: "nombre de usuario")),
            (firstName, Text("first name", es: "nombre")),
            (lastName, Text("last name", es: "apellidos")),
            (email, Text("email address", es: "dirección de correo electrónico")),
            (site, Text("site name", es: "nombre del residencial")),
        ]
    }
}

/// What a new password must be, wherever it is set: by the API, by a link, by the command line.
///
/// The rules and sentences are those of Django's validators; a common password is an entry of a list
/// (``CommonPasswords``), in whatever disguise.
package enum PasswordPolicy {
    /// Characters (Unicode scalars) of the shortest and the longest password.
    package static let length = 8...1024

    /// As Django: more alike than this is too similar.
    private static let maximumSimilarity = 0.7

    /// - Parameter field: the name under which the faults are told.
    /// - Throws: 400 with every fault.
    package static func check(_ password: String, of owner: PasswordOwner, as field: String) throws {
        let faults = try faults(of: password, owner)
        guard faults.isEmpty else { throw HTTPError.invalid(faults.map { FieldError(field, $0) }) }
    }

    /// Everything that is wrong with a password.
    /// - Throws: when there is no list of common passwords.
    package static func faults(of password: String, _ owner: PasswordOwner) throws -> [Text] {
        let count = password.unicodeScalars.count
        guard count <= length.upperBound else { return [.tooLong(length.upperBound)] }
        var faults = owner.attributes.filter { isSimilar(password, $0.value) }.map { Text.passwordTooSimilar($0.name) }
        if count < length.lowerBound { faults.append(.passwordTooShort(length.lowerBound)) }
        if try CommonPasswords.inUse().contains(password) { faults.append(.passwordTooCommon) }
        if password != password.trimmed { faults.append(.passwordWithEdges) }
        // A form writes line breaks in its own way, and no keyboard has the others.
        if password.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            faults.append(.passwordWithControls)
        }
        if password.allSatisfy(\.isNumber) { faults.append(.passwordEntirelyNumeric) }
        return faults
    }

    /// Whether the password has most letters in common with the value, a word of it or the name in front of an `@`, in
    /// whatever order.
    private static func isSimilar(_ password: String, _ value: String) -> Bool {
        let value = value.lowercased()
        let words = value.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
        return (words + [value, String(value.prefix { $0 != "@" })]).contains {
            similarity(password.lowercased(), $0) >= maximumSimilarity
        }
    }

    /// Twice the common characters, counted, over all characters: Python's `SequenceMatcher.quick_ratio`.
    private static func similarity(_ one: String, _ other: String) -> Double {
        let total = one.unicodeScalars.count + other.unicodeScalars.count
        guard !other.isEmpty else { return 0 }
        var counts: [Unicode.Scalar: Int] = [:]
        for scalar in other.unicodeScalars { counts[scalar, default: 0] += 1 }
        var common = 0
        for scalar in one.unicodeScalars where counts[scalar, default: 0] > 0 {
            counts[scalar, default: 0] -= 1
            common += 1
        }
        return 2 * Double(common) / Double(total)
    }
}

extension Text {
    fileprivate static func passwordTooSimilar(_ attribute: Text) -> Text {
        Text(
            "The password is too similar to the \(attribute.english).",
            es: "La contraseña se parece demasiado a: \(attribute.spanish).")
    }

    fileprivate static func passwordTooShort(_ minimum: Int) -> Text {
        Text(
            "This password is too short. It must contain at least \(minimum) characters.",
            es: "Esta contraseña es demasiado corta. Debe contener al menos \(minimum) caracteres.")
    }

    fileprivate static let passwordTooCommon = Text(
        "This password is too common.", es: "Esta contraseña es demasiado común.")
    fileprivate static let passwordWithEdges = Text(
        "A password neither begins nor ends with a space.",
        es: "Una contraseña no puede empezar ni terminar con un espacio.")
    fileprivate static let passwordWithControls = Text(
        "A password has no line breaks and no other control characters.",
        es: "Una contraseña no puede tener saltos de línea ni otros caracteres de control.")
    fileprivate static let passwordEntirelyNumeric = Text(
        "This password is entirely numeric.", es: "Esta contraseña es completamente numérica.")
}
