import Web

extension DriverDeclaration {
    /// A door behind a broker of MQTT.
    package static let mqtt = DriverDeclaration(
        "mqtt", Text("MQTT and Home Assistant", es: "MQTT y Home Assistant"), settings: broker + shown,
        tells: [.reached, .accepted, .relay, .contact], holds: true)

    /// How the broker is reached.
    private static let broker: [DoorSetting] = [
        DoorSetting(
            "host", .text(maximum: 253), Text("Broker", es: "Servidor MQTT (broker)"),
            hint: Text(
                "Name or address, in a network for devices", es: "Nombre o dirección, en una red de dispositivos"),
            isRequired: true),
        DoorSetting(
            "port", .integer(1...65_535), Text("Port", es: "Puerto"),
            hint: Text("1883, with TLS mostly 8883", es: "1883; con TLS casi siempre 8883"), standard: "1883"),
        DoorSetting(
            "tls",
            .choice([
                ("none", Text("No encryption", es: "Sin cifrado")),
                ("system", Text("TLS, certificate checked", es: "TLS, con certificado verificado")),
                ("pinned", Text("TLS, only this key", es: "TLS, solo esta clave")),
            ]), Text("Encryption", es: "Cifrado"), standard: "none"),
        DoorSetting(
            "pin", .text(maximum: 60), Text("Key of the broker", es: "Clave del servidor"),
            hint: Text(
                "sha256//…, as docs/doors-mqtt.md shows; for a certificate of your own",
                es: "sha256//…, como se explica en docs/doors-mqtt.md; para un certificado propio")),
        DoorSetting("user", .text(maximum: 200), Text("User", es: "Usuario")),
        DoorSetting("password", .secret(maximum: 200), Text("Password", es: "Contraseña")),
    ]

    /// What is said there, and by whom.
    private static let shown: [DoorSetting] = [
        DoorSetting(
            "topic", .text(maximum: 120), Text("Topic", es: "Tema (topic)"),
            hint: Text(
                "All topics of the door begin with it; {door} is its number",
                es: "Con él comienzan todos los temas de la puerta; {door} es su número"),
            standard: "garita/{door}"),
        DoorSetting(
            "discovery", .text(maximum: 120), Text("Prefix of Home Assistant", es: "Prefijo de Home Assistant"),
            standard: "homeassistant"),
        DoorSetting(
            "entity",
            .choice([
                ("button", Text("Button", es: "Botón")), ("lock", Text("Lock", es: "Cerradura")),
                ("cover", Text("Gate", es: "Portón")),
            ]), Text("Shown in Home Assistant as", es: "Se muestra en Home Assistant como"), standard: "button"),
        DoorSetting(
            "acknowledges", .flag, Text("The device acknowledges", es: "El dispositivo confirma"),
            hint: Text(
                "Without, nobody knows whether it took an opening",
                es: "Sin esto nadie sabe si recibió la orden de abrir"),
            standard: "yes"),
        DoorSetting(
            "allows_asks", .flag,
            Text("Home Assistant may open", es: "Home Assistant puede abrir"),
            hint: Text(
                "Each opening is decided and logged, as the device below",
                es: "Cada apertura se decide y se registra, como el dispositivo de abajo"),
            standard: "no"),
        DoorSetting(
            "device", .text(maximum: 100), Text("Device of the gate", es: "Dispositivo del acceso"),
            hint: Text(
                "Name of a device of this gate, made for Home Assistant",
                es: "Nombre de un dispositivo de este acceso, creado para Home Assistant")),
    ]
}
