import JSON
import Web

extension DoorSetting {
    /// The value as it is stored, where there is one and it is right.
    ///
    /// - Parameters:
    ///   - text: as it was sent; nil for none.
    ///   - part: `settings` or `secrets`, as faults name it.
    func checked(_ text: String?, _ part: String, _ faults: inout [FieldError]) -> JSON.Member? {
        let given = isVerbatim ? text ?? "" : (text ?? "").plain
        guard !given.isEmpty else {
            if isRequired { faults.append(FieldError("\(part).\(name)", text == nil ? .required : .mayNotBeBlank)) }
            return nil
        }
        switch value(of: given) {
        case .success(let value): return .init(name: name, value: .string(value))
        case .failure(let fault):
            faults += fault.errors(of: "\(part).\(name)")
            return nil
        }
    }

    /// Blanks at the ends of a secret, and the lines of a text, belong to it.
    private var isVerbatim: Bool {
        switch kind {
        case .secret, .lines: true
        default: false
        }
    }

    private func value(of text: String) -> Result<String, FieldFault> {
        guard !text.unicodeScalars.contains("\0") else { return .failure(FieldFault(.nullCharacters)) }
        switch kind {
        case .text(let maximum), .lines(let maximum), .secret(let maximum):
            return text.unicodeScalars.count > maximum ? .failure(FieldFault(.tooLong(maximum))) : .success(text)
        case .integer(let range):
            return FieldKind.integer(range).parse(.string(text)).map { value in
                if case .integer(let number) = value { String(number) } else { text }
            }
        case .flag:
            switch text {
            case "yes", "true", "1": return .success("yes")
            case "no", "false", "0": return .success("no")
            default: return .failure(FieldFault(.notABoolean))
            }
        case .choice(let options):
            return options.contains { $0.value == text } ? .success(text) : .failure(FieldFault(.notAChoice(text)))
        case .url: return Self.isURL(text) ? .success(text) : .failure(FieldFault(.notAURL))
        case .address: return Self.isAddress(text) ? .success(text) : .failure(FieldFault(.notAnAddress))
        }
    }

    /// `http://` or `https://`, a host, and no user: a password belongs among the secrets.
    private static func isURL(_ text: String) -> Bool {
        guard text.utf8.count <= 2000, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let scheme = ["http://", "https://"].first(where: { text.lowercased().hasPrefix($0) })
        else { return false }
        let authority = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        return !authority.isEmpty && !authority.contains("@")
    }

    /// Four numbers, or the digits of IPv6; a port may follow an address of IPv4.
    private static func isAddress(_ text: String) -> Bool {
        if text.filter({ $0 == ":" }).count > 1 {
            return text.utf8.count <= 45 && text.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
        }
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || ".:".utf8.contains($0) })
        else {
            return false
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let hasPort = parts.count == 1 || WholeNumber.read(String(parts[1]), in: 1...65_535) != nil
        return hasPort && numbers.count == 4 && numbers.allSatisfy { WholeNumber.read(String($0), in: 0...255) != nil }
    }
}

extension Text {
    fileprivate static let notAURL = Text(
        "Enter an address that begins with http:// or https://, without user or password.",
        es: "Escriba una dirección que empiece con http:// o https://, sin usuario ni contraseña.")
    fileprivate static let notAnAddress = Text(
        "Enter an IP address, such as 192.168.1.20.", es: "Escriba una dirección IP, como 192.168.1.20.")
}
