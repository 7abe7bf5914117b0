package import Web

/// What drivers report of a command, in words; what a device says in words of its own stands as it is, quoted.
///
/// In a pattern `#` stands for a number or a name of ours, `*` for words of the device.
package enum DoorAnswer {
    /// What people read.
    package static func label(of answer: String) -> Text {
        for pattern in patterns {
            if let parts = parts(of: answer, pattern.english) {
                return Text(
                    filled(pattern.english, parts, "“", "”"), es: filled(pattern.spanish, parts, "«", "»"))
            }
        }
        return answer.isEmpty ? Text("", es: "") : Text("“\(answer)”", es: "«\(answer)»")
    }

    /// What stands for the marks; nil where the pattern is another one.
    private static func parts(of answer: String, _ pattern: String) -> [String]? {
        var rest = Substring(answer)
        var found: [String] = []
        var words = pattern.split(omittingEmptySubsequences: false) { $0 == "#" || $0 == "*" }
        guard rest.hasPrefix(words[0]) else { return nil }
        rest = rest.dropFirst(words.removeFirst().count)
        for (index, word) in words.enumerated() {
            if index == words.count - 1, word.isEmpty {
                found.append(String(rest))
                rest = ""
            } else {
                guard !word.isEmpty, let place = rest.firstRange(of: word) else { return nil }
                found.append(String(rest[..<place.lowerBound]))
                rest = rest[place.upperBound...]
            }
        }
        return rest.isEmpty ? found : nil
    }

    private static func filled(_ pattern: String, _ parts: [String], _ open: String, _ close: String) -> String {
        var parts = parts[...]
        return pattern.reduce(into: "") { text, letter in
            switch letter {
            case "#": text += parts.popFirst() ?? ""
            case "*": text += "\(open)\(parts.popFirst() ?? "")\(close)"
            default: text.append(letter)
            }
        }
    }

    /// A fixed one stands before one that could be read as it.
    private static let patterns = [
        Text("relay on", es: "relevador activado"), Text("relay off", es: "relevador desactivado"),
        Text("answered #, relay on", es: "respondió #, relevador activado"),
        Text("answered # with more than a device has to say", es: "respondió # con más de lo esperado"),
        Text("answered #, which is no success: *", es: "respondió #, que no es éxito: *"),
        Text(
            "answered # without asking for the password: set authentication to none",
            es: "respondió # sin pedir la contraseña: elija autenticación «ninguna»"),
        Text("answered too late: check the door", es: "respondió tarde: revise la puerta"),
        Text("answered #", es: "respondió #"),
        Text("no answer in time", es: "sin respuesta a tiempo"), Text("no answer", es: "sin respuesta"),
        Text("no connection in time", es: "sin conexión a tiempo"), Text("no connection", es: "sin conexión"),
        Text("not connected in time", es: "no se conectó a tiempo"),
        Text("the connection was lost", es: "se perdió la conexión"),
        Text("the door's settings are wrong", es: "los ajustes de la puerta no sirven"),
        Text("the settings of the door are wrong", es: "los ajustes de la puerta no sirven"),
        Text("the settings of the door cannot be used", es: "los ajustes de la puerta no sirven"),
        Text("the setting # is wrong", es: "el ajuste # no sirve"),
        Text("not used: *", es: "no se usa: *"),
        Text("this device cannot do it", es: "este dispositivo no puede hacerlo"),
        Text("the door has changed", es: "la puerta cambió mientras tanto"),
        Text("the door was changed meanwhile", es: "la puerta cambió mientras tanto"),
        Text("the relay is still on", es: "el relevador sigue activado"),
        Text("the contact's answer is not understood", es: "no se entiende la respuesta del sensor"),
        Text("the process was ended meanwhile", es: "el servicio se detuvo mientras tanto"),
        Text("the door is not in use", es: "la puerta está fuera de uso"), Text("too late", es: "demasiado tarde"),
        Text("not sent in time", es: "no se envió a tiempo"),
        Text("refused by the board", es: "la rechazó la placa"), Text("taken by the board", es: "la recibió la placa"),
        Text("the lock is released", es: "la chapa está liberada"),
        Text("the board recorded the opening", es: "la placa registró la apertura"),
        Text("read back", es: "comprobado en la placa"),
        Text("the board keeps another mode", es: "la placa sigue en otro modo"),
        Text("no connection to the broker", es: "sin conexión con el servidor MQTT"),
        Text("no broker: *", es: "sin servidor MQTT: *"),
        Text("the device is not connected", es: "el dispositivo no está conectado"),
        Text("the broker does not keep up", es: "el servidor MQTT no se da abasto"),
        Text("less than a second was left", es: "quedaba menos de un segundo"),
        Text("the broker cannot be written to", es: "no se puede escribir al servidor MQTT"),
        Text("no device listens to its commands", es: "ningún dispositivo escucha sus órdenes"),
        Text("the broker refused it: reason #", es: "la rechazó el servidor MQTT: motivo #"),
        Text("the device refused it: *", es: "la rechazó el dispositivo: *"),
        Text("the device refused it", es: "la rechazó el dispositivo"),
        Text("the device took it: *", es: "la recibió el dispositivo: *"),
        Text("the device took it", es: "la recibió el dispositivo"),
        Text("took a command: *", es: "recibió una orden: *"), Text("took a command", es: "recibió una orden"),
        Text("seen to open", es: "se vio que abrió"), Text("seen to lock", es: "se vio que cerró"),
        Text("no answer of the device", es: "el dispositivo no respondió"),
        Text("the broker has it", es: "la tiene el servidor MQTT"),
        Text("the connection to the broker broke", es: "se cortó la conexión con el servidor MQTT"),
        Text("this program cannot keep the door open", es: "este programa no puede dejar abierta la puerta"),
        Text("the door's number is none", es: "el número de la puerta no sirve"),
        Text("too many programs run", es: "hay demasiados programas en marcha"),
        Text("the program could not be started", es: "no se pudo iniciar el programa"),
        Text("the program is not in the list", es: "el programa no está en la lista"),
        Text("confirmed", es: "confirmada"), Text("exit code #: *", es: "código de salida #: *"),
        Text("exit code #", es: "código de salida #"), Text("ended by signal #", es: "terminó por la señal #"),
        Text("no end within 3 seconds", es: "no terminó en 3 segundos"),
        Text("the terminal returned #", es: "la terminal respondió #"),
        Text("the terminal says that it opened", es: "la terminal dice que abrió"),
        Text("in the answer to the terminal", es: "en la respuesta a la terminal"),
        Text(
            "a terminal of the attendance dialect opens no door", es: "una terminal de asistencia no abre puertas"),
        Text("emergency over", es: "terminó la emergencia"), Text("emergency", es: "emergencia"),
    ]
}
