import HomeAssistant
import JSON
import MQTT
import Outbox
import Testing

/// A door of number 7 with these settings.
private func door(_ settings: [String: String], secrets: [String: String] = [:], name: String = "Pluma") -> Door {
    Door(
        id: 7, siteID: 1, name: name, driver: "mqtt", settings: ["host": "10.0.0.5"].merging(settings) { $1 },
        secrets: secrets, openSeconds: 5, heldAfterSeconds: 60, wantsOpen: false, accessPointID: 1,
        accessPointName: "Norte", direction: "BOTH", timeZone: "America/Mexico_City")
}

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

@Suite struct MQTTDoorSettingsTests {
    @Test func whatIsNotSaidHasAUsualValue() throws {
        let settings = try MQTTDoorSettings(door([:], secrets: ["password": "secreto"]))
        #expect(settings.broker.port == 1883)
        #expect(settings.broker.security == .none)
        #expect(settings.broker.password == "secreto")
        #expect(settings.broker.will == .init(topic: "garita/availability", payload: "offline"))
        #expect(settings.topics.command == "garita/7/command")
        #expect(settings.topics.document == "homeassistant/device/garita_7/config")
        #expect(settings.acknowledges)
        #expect(!settings.allowsAsks)
    }

    @Test func aKeyIsPinnedByItsHash() throws {
        let pin = "sha256//" + "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
        let settings = try MQTTDoorSettings(door(["tls": "pinned", "pin": pin]))
        #expect(settings.broker.security == .pinned(Array(0..<32)))
    }

    @Test(arguments: [
        ["host": ""], ["port": "0"], ["port": "x"], ["tls": "pinned"], ["tls": "pinned", "pin": "sha256//AAEC"],
        ["topic": "a/+/b"], ["topic": "#"], ["topic": "$SYS/x"], ["topic": ""], ["topic": "/a"], ["discovery": "a#"],
    ])
    func whatCannotBeIsNotUsed(settings: [String: String]) {
        #expect(throws: MQTTDoorSettings.Fault.self) { try MQTTDoorSettings(door(settings)) }
    }
}

@Suite struct DiscoveryDocumentTests {
    private func document(_ settings: [String: String]) throws -> JSON {
        let door = door(settings, name: "Portón \"A\"")
        return DiscoveryDocument.make(door, try MQTTDoorSettings(door))
    }

    @Test(arguments: ["button", "lock", "cover"]) func theDocumentHasWhatHomeAssistantRequires(entity: String) throws {
        let made = try document(["entity": entity, "allows_asks": "yes", "topic": "casa/portón 1"])
        #expect(made["device"]?["identifiers"]?.elements == [.string("casa_port_n_1")])
        #expect(made["device"]?["name"] == .string("Portón \"A\""))
        #expect(made["origin"]?["name"] == .string("Garita"))
        #expect(made["availability_topic"] == .string("casa/availability"))
        let parts = try #require(made["components"]?.members)
        #expect(parts.map(\.name) == ["door", "contact", "problem", "event"])
        let ids = parts.compactMap { $0.value["unique_id"]?.stringValue }
        #expect(Set(ids).count == 4)
        #expect(parts[0].value["platform"] == .string(entity))
        #expect(parts[0].value["command_topic"] == .string("casa/portón 1/ask"))
        #expect(parts[0].value["retain"] == .bool(false))
        #expect(parts[0].value["message_expiry_interval"] == .integer(5))
        #expect(parts[3].value["event_types"]?.elements?.isEmpty == false)
        #expect(try JSON(parsing: made.serialized()) == made)
    }

    @Test func whereNobodyMayAskThereIsNothingToPress() throws {
        let made = try document(["entity": "lock"])
        #expect(made["components"]?["door"]?.members?.map(\.name) == ["platform"])
    }

    @Test func whatNobodyKnowsIsNotClaimed() {
        let unknown = DiscoveryDocument.state(contact: nil, isUnlocked: nil, hasTrouble: false)
        #expect(unknown["contact"] == .string("None"))
        #expect(unknown["lock"] == .string("None"))
        let known = DiscoveryDocument.state(contact: .closed, isUnlocked: false, hasTrouble: true)
        #expect(known["contact"] == .string("closed"))
        #expect(known["lock"] == .string("LOCKED"))
        #expect(known["problem"] == .string("ON"))
    }
}

@Suite struct CommandDocumentTests {
    private func document(_ kind: DoorCommand.Kind, left: Int64?) -> CommandDocument? {
        CommandDocument(
            kind, id: "41-x", freshUntil: left.map { 1_000_000 + $0 }, seconds: 5, now: 1_000_000, wall: 1_000_500)
    }

    @Test func anOpenIsNeverGoodForLongerThanItIsFresh() throws {
        let open = try #require(document(.open, left: 4980))
        #expect(open.expiry == 4)
        #expect(open.notAfter == 1005)
        #expect(open.json.serialized() == bytes(#"{"id":"41-x","not_after":1005,"action":"open","seconds":5}"#))
        #expect(document(.open, left: 30_000)?.expiry == 10)
        #expect(document(.open, left: 999) == nil)
        #expect(document(.open, left: -5000) == nil)
    }

    @Test func whatStaysTrueIsSentForTenSeconds() {
        #expect(document(.hold, left: nil)?.expiry == 10)
        #expect(document(.release, left: nil)?.seconds == 0)
    }

    @Test func anAnswerNamesOneCommand() {
        let taken = Acknowledgement(bytes(#"{"id":"41-x","ok":true}"#), correlation: nil)
        #expect(taken?.id == "41-x")
        #expect(taken?.isTaken == true)
        #expect(Acknowledgement([], correlation: bytes("41-x"))?.isTaken == true)
        let refused = Acknowledgement(
            bytes(#"{"id":"41-x","ok":false,"reason":"\u0007stuck"}"#), correlation: bytes("41-x"))
        #expect(refused?.isTaken == false)
        #expect(refused?.reason == "stuck")
        #expect(Acknowledgement(bytes(#"{"id":"41-x","ok":"yes"}"#), correlation: nil)?.isTaken == false)
    }

    @Test(arguments: ["", "ok", "[]", #"{"ok":true}"#, #"{"id":7}"#]) func otherWordsAreNoAnswer(payload: String) {
        #expect(Acknowledgement(bytes(payload), correlation: nil) == nil)
    }

    @Test func anAnswerToTwoCommandsIsNone() {
        #expect(Acknowledgement(bytes(#"{"id":"41-x"}"#), correlation: bytes("42-y")) == nil)
    }
}

@Suite struct OpenAskTests {
    @Test(arguments: ["PRESS", "UNLOCK", "OPEN"]) func aPressIsAnAsk(word: String) {
        let plain = OpenAsk(bytes(word), wall: 1000)
        #expect(plain?.id == "" && plain?.isStale == false)
        let document = OpenAsk(bytes(#"{"action":"\#(word)","id":"1000.25","at":1000}"#), wall: 1003)
        #expect(document?.id == "1000.25" && document?.isStale == false)
    }

    @Test(arguments: [#""at":989"#, #""at":1011"#, #""at":"1000""#, #""x":1"#, #""at":-9223372036854775808"#])
    func whatWasPressedLongAgoIsStale(moment: String) {
        #expect(OpenAsk(bytes(#"{"action":"PRESS","id":"a",\#(moment)}"#), wall: 1000)?.isStale == true)
    }

    @Test(arguments: ["", "LOCK", "CLOSE", "STOP", "press", #"{"action":"LOCK","at":1000}"#, #"{"at":1000}"#])
    func nothingElseIsOne(word: String) {
        #expect(OpenAsk(bytes(word), wall: 1000) == nil)
    }
}
