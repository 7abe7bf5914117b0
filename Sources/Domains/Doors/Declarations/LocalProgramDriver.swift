import Web

extension DriverDeclaration {
    /// A relay of this machine.
    package static let command = DriverDeclaration(
        "command", Text("Program on this machine", es: "Programa en este equipo"),
        settings: [
            DoorSetting(
                "program", .text(maximum: 60), Text("Name of the program", es: "Nombre del programa"),
                hint: Text(
                    "One of those that the operator of the machine has listed.",
                    es: "Uno de los que registró quien opera el equipo."),
                isRequired: true),
            DoorSetting(
                "number", .text(maximum: 20), Text("Number of the door", es: "Número de la puerta"),
                hint: Text(
                    "Letters, digits and _: what the program is told.",
                    es: "Letras, dígitos y _: lo que recibe el programa."), standard: "1"),
            DoorSetting(
                "keeps_open", .flag, Text("It can keep the door open", es: "Puede dejar la puerta abierta"),
                hint: Text("It understands hold and release.", es: "Entiende hold y release."), standard: "no"),
        ], tells: [.accepted, .relay], holds: true)
}
