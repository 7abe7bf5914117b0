import Web

extension DriverDeclaration {
    /// A door behind a broker of MQTT.
    package static let mqtt = DriverDeclaration(
        "mqtt", Text("MQTT, Home Assistant", es: "MQTT, Home Assistant"), settings: [],
        tells: [.reached, .accepted, .contact], holds: true)
}
