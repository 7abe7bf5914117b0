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
        trouble("offline", "The device does not answer", es: "El dispositivo no responde"),
        trouble("authentication", "The device refuses the password", es: "El dispositivo rechaza la contraseña"),
        trouble("answer", "Its answer is not understood", es: "No se entiende su respuesta"),
        trouble("protocol", "It does not speak this protocol", es: "No habla este protocolo"),
        trouble("certificate", "Its certificate is another one", es: "Su certificado es otro"),
        trouble("address", "Its address is not allowed", es: "Su dirección no está permitida"),
        trouble("settings", "Its settings cannot be used", es: "Sus ajustes no sirven"),
        trouble("program", "Its program is not listed", es: "Su programa no está registrado"),
        trouble("broker", "The broker cannot be reached", es: "No hay conexión con el servidor MQTT"),
        trouble("stays_open", "The relay stays on", es: "El relevador sigue activado"),
        trouble("not_kept_open", "It does not stay open as told", es: "No se queda abierta como se le pidió"),
        trouble("no_answer", "It does not answer to openings", es: "No responde a las aperturas"),
        trouble("device_fault", "The device reports a fault", es: "El dispositivo reporta una falla"),
        trouble("card_list_full", "Its list of cards is full", es: "Su lista de tarjetas está llena"),
        trouble("card_not_kept", "It does not keep a card", es: "No guarda una tarjeta"),
        trouble("clock", "Its clock is wrong", es: "Su reloj está mal"),
        trouble("tamper", "Somebody has opened the device", es: "Alguien abrió el dispositivo"),
        trouble("power", "It has no mains power", es: "Se quedó sin corriente"),
        trouble("battery", "Its battery is low", es: "Tiene la batería baja"),
        trouble("reader", "Its reader is lost", es: "No encuentra su lector"),
    ]

    private static func trouble(_ word: String, _ english: String, es spanish: String) -> FieldChoice {
        FieldChoice(word, Text(english, es: spanish), tone: .bad)
    }
}
