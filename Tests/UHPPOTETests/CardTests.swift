import Testing
import UHPPOTE

@Suite struct `The number of a card` {
    @Test(arguments: [
        ("10058400", UInt32(10_058_400)), ("100-58400", 10_058_400), ("100,58400", 10_058_400),
        ("0006612000", 10_058_400),
        ("12", 12), ("00000012", 12), ("7:9", 700_009),
    ])
    func `is what is printed on it`(text: String, expected: UInt32) {
        #expect(CardNumber.read(text, .wiegand26) == expected)
    }

    @Test(arguments: [
        "TAG-0001", "", "0", "10099999", "25700001", "256-1", "1-65536", "100 58400", "0016777216", "4294967295", "-5",
    ])
    func `is nothing else`(text: String) { #expect(CardNumber.read(text, .wiegand26) == nil) }

    @Test func `may have more bits where the readers have them`() {
        #expect(CardNumber.read("4294967294", .any) == 4_294_967_294)
        #expect(CardNumber.read("4294967295", .any) == nil && CardNumber.read("16777215", .any) == nil)
        #expect(CardNumber.read("4294967296", .any) == nil && CardNumber.read("0", .any) == nil)
    }

    @Test func `is found however it was written`() {
        for number in [UInt32(12), 10_058_400, 25_565_535] {
            let spellings = CardNumber.spellings(number, .wiegand26)
            #expect(
                spellings.first == String(number) && spellings.allSatisfy { CardNumber.read($0, .wiegand26) == number })
        }
        #expect(CardNumber.spellings(4_000_000_000, .wiegand26) == ["4000000000"])
    }
}

@Suite struct `The list of a board` {
    private func card(_ number: UInt32, doors: [UInt8] = [1, 0, 0, 0], to: Int64 = 20_000) -> BoardCard {
        BoardCard(number: number, from: BoardDate(days: 11_323), to: BoardDate(days: to), doors: doors)
    }

    private func list(_ cards: BoardCard...) -> CardList {
        var list = CardList()
        for card in cards { list.merge(card) }
        return list
    }

    @Test func `loses what must not be there before it gains`() {
        let steps = list(card(1), card(2), card(3)).steps(to: list(card(2), card(3, doors: [0, 1, 0, 0]), card(4)))
        #expect(steps == [.delete(1), .put(card(3, doors: [0, 1, 0, 0])), .put(card(4))])
        #expect(list(card(1)).steps(to: list(card(1))).isEmpty)
    }

    @Test func `has one card for two codes of one number`() {
        #expect(
            list(card(1, to: 100), card(1, doors: [0, 1, 0, 0], to: 50))
                == list(card(1, doors: [1, 1, 0, 0], to: 100)))
    }

    /// The answer for a place of the list.
    private func answer(_ number: UInt32) throws -> Message {
        var bytes = Message.card(1, index: 1).bytes
        for place in 0..<4 { bytes[8 + place] = UInt8(truncatingIfNeeded: number >> UInt32(8 * place)) }
        return try #require(Message(received: bytes))
    }

    @Test func `is read past places whose card was taken off`() throws {
        var reading = CardReading(count: 2)
        for number in [UInt32(7), 0xffff_ffff, 8] {
            let isPlausible = try reading.take(answer(number))
            #expect(!reading.isComplete || number == 8)
            #expect(isPlausible)
        }
        #expect(reading.isComplete && reading.index == 4 && reading.list.count == 2)
    }

    @Test func `is not believed when it ends too soon or has one twice`() throws {
        var reading = CardReading(count: 3)
        #expect(try reading.take(answer(7)))
        #expect(try !reading.take(answer(7)))
        #expect(try !reading.take(answer(0)))
    }
}
