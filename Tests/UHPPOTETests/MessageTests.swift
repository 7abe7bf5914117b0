import Testing
import UHPPOTE

/// Hex digits and `+n` for n zero bytes, as the published examples are written.
private func bytes(_ text: String) -> [UInt8] {
    text.split(separator: " ").flatMap { word in
        word.hasPrefix("+")
            ? [UInt8](repeating: 0, count: Int(word.dropFirst()) ?? 0) : [UInt8(word, radix: 16) ?? 0]
    }
}

private func message(_ text: String) throws -> Message { try #require(Message(received: bytes(text))) }

private func day(_ year: Int64, _ month: Int64, _ day: Int64) throws -> BoardDate {
    try #require(BoardDate(year: year, month: month, day: day))
}

@Suite struct `What a board is asked` {
    static let examples: [(Message, String)] = [
        (.device(0), "17 94 +62"),
        (.openDoor(423_187_757, 3), "17 40 00 00 2d 55 39 19 03 +55"),
        (.deleteCard(423_187_757, 6_154_412), "17 52 00 00 2d 55 39 19 ac e8 5d +53"),
        (.card(423_187_757, number: 6_154_412), "17 5a 00 00 2d 55 39 19 ac e8 5d +53"),
        (.countCards(405_419_896), "17 58 00 00 78 37 2a 18 +56"),
        (.recordSpecialEvents(423_187_757), "17 8e 00 00 2d 55 39 19 01 +55"),
        (
            .setDoorControl(423_187_757, DoorControl(door: 4, mode: .shut, delay: 5)),
            "17 80 00 00 2d 55 39 19 04 02 05 +53"
        ),
        (
            .setListener(405_419_896, EventListener(address: [192, 168, 1, 100], port: 60001)),
            "17 90 00 00 78 37 2a 18 c0 a8 01 64 61 ea +50"
        ),
        (.event(423_187_757, 0xffff_ffff), "17 b0 00 00 2d 55 39 19 ff ff ff ff +52"),
    ]

    @Test(arguments: examples) func `are the published bytes`(request: Message, expected: String) {
        #expect(request.bytes == bytes(expected))
    }

    @Test func `a clock is decimal digits`() throws {
        let time = try #require(BoardTime([0x20, 0x19, 0x04, 0x21, 0x09, 0x44, 0x40]))
        #expect(time.text == "2019-04-21 09:44:40" && BoardTime(seconds: time.seconds) == time)
        #expect(Message.setTime(423_187_757, time).bytes == bytes("17 30 00 00 2d 55 39 19 20 19 04 21 09 44 40 +49"))
    }

    @Test func `a card has days and doors, and never a PIN`() throws {
        let card = BoardCard(
            number: 10_058_400, from: try day(2025, 1, 1), to: try day(2025, 12, 31), doors: [1, 0, 17, 1])
        #expect(
            Message.putCard(405_419_896, card).bytes
                == bytes("17 50 00 00 78 37 2a 18 a0 7a 99 00 20 25 01 01 20 25 12 31 01 00 11 01 +40"))
    }
}

@Suite struct `What a board answers` {
    @Test func `who it is`() throws {
        let device = BoardDevice(
            try message(
                "17 94 00 00 78 37 2a 18 c0 a8 01 64 ff ff ff 00 c0 a8 01 01 00 12 23 34 45 56 08 92 20 18 11 05 +32"))
        #expect(device.serial == 405_419_896 && device.address == "192.168.1.100" && device.gateway == "192.168.1.1")
        #expect(device.hardwareAddress == "00:12:23:34:45:56" && device.firmware == "8.92 of 2018-11-05")
    }

    @Test func `how it is`() throws {
        let status = BoardStatus(
            try message(
                "17 20 00 00 78 37 2a 18 4e 00 00 00 02 01 03 01 a1 98 7c 00 20 22 08 23 09 47 06 2c 00 01 00 00 "
                    + "00 00 00 01 03 09 49 39 00 00 00 00 00 00 00 00 27 07 09 22 08 23 +10"))
        let event = try #require(status.event)
        #expect(event.index == 78 && event.door == 3 && event.isGranted && !event.isExit && event.reason == 44)
        #expect(event.time?.text == "2022-08-23 09:47:06" && EventWords.kind(of: event) == "remote_open")
        #expect((1...4).map(status.isOpen) == [false, true, false, false])
        #expect((1...4).map(status.isUnlocked) == [true, true, true, false])
        #expect(status.fault == 3 && status.clock?.text == "2022-08-23 09:49:39")
    }

    @Test func `an event of old firmware begins otherwise`() throws {
        let text = "20 00 00 2d 55 39 19 39 00 00 00 02 01 03 01 aa e8 5d 00 20 19 04 19 17 00 09 06 01 00 01 01 +32"
        #expect(BoardStatus(try message("19 \(text)")).event?.index == 57)
        #expect(Message(received: bytes("19 b0 +62")) == nil && Message(received: bytes("18 \(text)")) == nil)
        #expect(Message(received: bytes("17 20 +61")) == nil && Message(received: bytes("17 20 +63")) == nil)
    }

    @Test func `an event that is asked for`() throws {
        let event = BoardEvent(
            try message("17 b0 00 00 2d 55 39 19 08 00 00 00 02 01 03 01 ad e8 5d 00 20 19 02 10 07 12 01 06 +36"))
        #expect(event.index == 8 && event.number == 6_154_413 && event.time?.text == "2019-02-10 07:12:01")
        #expect(event.reason == 6)
    }

    @Test func `a card, and none`() throws {
        let card = try #require(
            BoardCard(
                try message(
                    "17 5a 00 00 2d 55 39 19 ac e8 5d 00 20 19 02 03 20 19 12 29 00 00 1d 01 00 00 00 05 +36")))
        #expect(card.number == 6_154_412 && card.from.text == "2019-02-03" && card.to.text == "2019-12-29")
        #expect(card.doors == [0, 0, 29, 1] && card.hasMore)
        #expect(BoardCard(try message("17 5a 00 00 2d 55 39 19 +56")) == nil)
        #expect(BoardCard(try message("17 5c 00 00 2d 55 39 19 ff ff ff ff +52")) == nil)
    }

    @Test(arguments: [
        "20 00 00 00 00 00 00", "+7", "20 25 02 30 00 00 00", "20 25 1a 01 00 00 00", "20 25 01 01 24 00 00",
    ])
    func `a clock that was never set is no time`(digits: String) { #expect(BoardTime(bytes(digits)) == nil) }

    @Test func `days are counted over leap years and centuries`() throws {
        #expect(try day(1970, 1, 1).days == 0 && (try day(2000, 3, 1).days) == 11_017)
        #expect(try day(2001, 1, 1).days == 11_323 && (try day(2099, 12, 31).days) == 47_481)
        for days in stride(from: Int64(-200_000), to: 200_000, by: 317) {
            #expect(BoardDate(BoardDate(days: days).digits) == BoardDate(days: days))
        }
        #expect(BoardTime(seconds: -1).text == "1969-12-31 23:59:59")
    }
}
