/// What the form is filled with for devices whose way of speaking is published; docs/doors-http.md has the sources.
enum HTTPRelayPresets {
    static let all = [shelly1, shelly2, twoN, akuvox, hikvision, axis, espHome, tasmota]

    private static let shelly1 = DoorPreset(
        "shelly1", "Shelly Gen1",
        settings: [
            "door": "0", "authentication": "basic", "user": "admin", "method": "GET",
            "open_path": "/relay/{door}?turn=on&timer={seconds}", "success_rule": "\"ison\"",
            "confirmed_rule": "/ison=true", "state_path": "/relay/{door}", "state_open": "/ison=true",
            "state_closed": "/ison=false", "contact_path": "/status", "contact_open": "/inputs/{input}/input=0",
            "contact_closed": "/inputs/{input}/input=1", "hold_path": "/relay/{door}?turn=on",
            "release_path": "/relay/{door}?turn=off", "idempotent": "yes",
        ])

    private static let shelly2 = DoorPreset(
        "shelly2", "Shelly Gen2, Gen3, Plus, Pro",
        settings: [
            "door": "0", "authentication": "digest", "user": "admin", "method": "GET",
            "open_path": "/rpc/Switch.Set?id={door}&on=true&toggle_after={seconds}", "success_rule": "\"was_on\"",
            "state_path": "/rpc/Switch.GetStatus?id={door}", "state_open": "/output=true",
            "state_closed": "/output=false", "contact_path": "/rpc/Input.GetStatus?id={input}",
            "contact_open": "/state=false", "contact_closed": "/state=true",
            "hold_path": "/rpc/Switch.Set?id={door}&on=true", "release_path": "/rpc/Switch.Set?id={door}&on=false",
            "idempotent": "yes",
        ])

    private static let twoN = DoorPreset(
        "2n", "2N IP intercom, Access Unit",
        settings: [
            "door": "1", "authentication": "digest", "method": "GET",
            "open_path": "/api/switch/ctrl?switch={door}&action=trigger", "success_rule": "/success=true",
            "state_path": "/api/switch/status?switch={door}", "state_open": "/result/switches/0/active=true",
            "state_closed": "/result/switches/0/active=false", "contact_path": "/api/io/status?port={input}",
            "contact_open": "/result/ports/0/state=0", "contact_closed": "/result/ports/0/state=1",
            "hold_path": "/api/switch/ctrl?switch={door}&action=hold",
            "release_path": "/api/switch/ctrl?switch={door}&action=release",
        ])

    private static let akuvox = DoorPreset(
        "akuvox", "Akuvox",
        settings: [
            "door": "1", "authentication": "digest", "method": "POST", "open_path": "/api/relay/trig",
            "content_type": "application/json",
            "open_body":
                #"{"target":"relay","action":"trig","data":{"mode":0,"num":{door},"level":0,"delay":{seconds}}}"#,
            "success_rule": "/retcode=0",
        ])

    private static let hikvision = DoorPreset(
        "hikvision", "Hikvision (ISAPI)",
        settings: [
            "door": "1", "authentication": "digest", "user": "admin", "method": "PUT",
            "open_path": "/ISAPI/AccessControl/RemoteControl/door/{door}", "content_type": "application/xml",
            "open_body": isapi("open"), "success_rule": "<statusCode>1</statusCode>",
            "contact_path": "/ISAPI/AccessControl/AcsWorkStatus?format=json",
            "contact_open": "/AcsWorkStatus/magneticStatus/{input}=1",
            "contact_closed": "/AcsWorkStatus/magneticStatus/{input}=0",
            "hold_path": "/ISAPI/AccessControl/RemoteControl/door/{door}", "hold_body": isapi("alwaysOpen"),
            "release_path": "/ISAPI/AccessControl/RemoteControl/door/{door}", "release_body": isapi("resume"),
        ])

    private static let axis = DoorPreset(
        "axis", "Axis (I/O ports)",
        settings: [
            "door": "1", "authentication": "digest", "user": "root", "method": "GET",
            "open_path": "/axis-cgi/io/port.cgi?action={door}%3A%2F{milliseconds}%5C",
            "state_path": "/axis-cgi/io/port.cgi?checkactive={door}", "state_open": "port{door}=active",
            "state_closed": "port{door}=inactive", "contact_path": "/axis-cgi/io/port.cgi?checkactive={input}",
            "contact_open": "port{input}=active", "contact_closed": "port{input}=inactive",
            "hold_path": "/axis-cgi/io/port.cgi?action={door}%3A%2F",
            "release_path": "/axis-cgi/io/port.cgi?action={door}%3A%5C",
        ])

    private static let espHome = DoorPreset(
        "esphome", "ESPHome (button)",
        settings: [
            "door": "open_gate", "authentication": "basic", "user": "admin", "method": "POST",
            "open_path": "/button/{door}/press", "contact_path": "/binary_sensor/{input}",
            "contact_open": "/value=true", "contact_closed": "/value=false",
        ])

    private static let tasmota = DoorPreset(
        "tasmota", "Tasmota",
        settings: [
            "door": "1", "authentication": "none", "user": "admin", "method": "GET",
            "open_path": command("Backlog%20PulseTime{door}%20{pulsetime}%3BPower{door}%20On"),
            "state_path": command("Power{door}"), "state_open": "\":\"ON\"", "state_closed": "\":\"OFF\"",
            "hold_path": command("Backlog%20PulseTime{door}%200%3BPower{door}%20On"),
            "release_path": command("Power{door}%20Off"), "idempotent": "yes",
        ])

    private static func command(_ text: String) -> String { "/cm?cmnd=\(text)&user={user}&password={password}" }

    private static func isapi(_ command: String) -> String {
        "<RemoteControlDoor xmlns=\"http://www.isapi.org/ver20/XMLSchema\" version=\"2.0\"><cmd>\(command)</cmd></RemoteControlDoor>"
    }
}
