package import Resource
package import Web

/// What can be wrong with a door, in the words that drivers report; another one stands as it is.
package enum DoorTrouble {
    /// What people read.
    package static func label(of word: String) -> Text {
        choices.first { $0.value == word }?.label ?? Text(word, es: word)
    }

    /// As the choices of a field.
    package static let choices: [FieldChoice] = [
        .init("offline", Text("The device does not answer", es: "El dispositivo no responde"), tone: .bad),
        .init("refused", Text("The device refuses", es: "El dispositivo se niega"), tone: .bad),
        .init(
            "unauthorized", Text("The device refuses the password", es: "El dispositivo rechaza la contraseña"),
            tone: .bad),
        .init("answer", Text("The device answers something else", es: "El dispositivo responde otra cosa"), tone: .bad),
        .init("certificate", Text("Its certificate is another one", es: "Su certificado es otro"), tone: .bad),
        .init("address", Text("Its address is not allowed", es: "Su dirección no está permitida"), tone: .bad),
        .init("settings", Text("Its settings cannot be used", es: "Sus ajustes no sirven"), tone: .bad),
        .init("secrets", Text("Its secrets cannot be read", es: "Sus secretos no se pueden leer"), tone: .bad),
        .init("broker", Text("The broker cannot be reached", es: "No hay conexión con el broker"), tone: .bad),
        .init("clock", Text("Its clock is wrong", es: "Su reloj está mal"), tone: .bad),
        .init(
            "cards", Text("Its cards are not those that it should have", es: "Sus tarjetas no son las que debe tener"),
            tone: .bad),
        .init("serial", Text("It is another device", es: "Es otro dispositivo"), tone: .bad),
    ]
}
