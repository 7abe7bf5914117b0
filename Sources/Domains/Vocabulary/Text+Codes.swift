package import Web

/// What people call the kinds of code, the same where one is issued, kept, or written into the log.
extension Text {
    package static let numericCode = Text("Numeric code", es: "Código numérico")
    package static let alphanumericCode = Text("Alphanumeric code", es: "Código alfanumérico")
    package static let qrCode = Text("QR code", es: "Código QR")
    package static let oneTimeCode = Text("Authenticator app code", es: "Código de aplicación de autenticación")
    package static let cardOrTag = Text("Card or tag", es: "Tarjeta o TAG")
    package static let pin = Text("PIN", es: "NIP")
    package static let biometric = Text("Biometric", es: "Biométrico")
    package static let otherKind = Text("Other", es: "Otro")
}
