import Cryptography
import Testing

@Suite struct `A code drawn at random` {
    /// Chi-square of the counts of `letters` against equal shares.
    private func chiSquare(of draws: some Sequence<Character>, letters: [Character]) -> Double {
        var counts: [Character: Int] = [:]
        for letter in draws { counts[letter, default: 0] += 1 }
        let expected = Double(counts.values.reduce(0, +)) / Double(letters.count)
        return letters.map { letter in
            let difference = Double(counts[letter, default: 0]) - expected
            return difference * difference / expected
        }.reduce(0, +)
    }

    @Test func `has digits of which none is favoured, at any place`() {
        var generator = SeededGenerator(seed: 20_260_101)
        let codes = (0..<100_000).map { _ in Array(RandomCode.numeric(digits: 6, using: &generator)) }
        for place in 0..<6 {
            // 9 degrees of freedom: above 27.9 once in a thousand.
            #expect(chiSquare(of: codes.map { $0[place] }, letters: Array("0123456789")) < 27.9)
        }
    }

    @Test func `has letters of which none is favoured, at any place`() {
        var generator = SeededGenerator(seed: 7)
        let codes = (0..<100_000).map { _ in Array(RandomCode.alphanumeric(using: &generator)) }
        for place in 0..<8 {
            // 30 degrees of freedom: above 59.7 once in a thousand.
            #expect(chiSquare(of: codes.map { $0[place] }, letters: RandomCode.alphabet) < 59.7)
        }
    }

    @Test func `depends on nothing but its own place: pairs of neighbours are even too`() {
        var generator = SeededGenerator(seed: 11)
        let pairs = (0..<100_000).map { _ in Array(RandomCode.numeric(digits: 2, using: &generator)) }
        var counts = [Int](repeating: 0, count: 100)
        for pair in pairs { counts[(pair[0].wholeNumberValue ?? 0) * 10 + (pair[1].wholeNumberValue ?? 0)] += 1 }
        let chi = counts.map { Double(($0 - 1_000) * ($0 - 1_000)) / 1_000 }.reduce(0, +)
        #expect(chi < 148.3)  // 99 degrees of freedom: once in a thousand
    }

    @Test func `avoids look-alikes`() {
        #expect(RandomCode.alphabet.count == 31)
        #expect(Set(RandomCode.alphabet).isDisjoint(with: "0O1IL"))
        #expect(Set(RandomCode.alphabet).count == 31)
    }

    @Test(arguments: [4, 6, 7, 8])
    func `of digits has the length asked for, zeros in front included`(digits: Int) {
        var generator = SeededGenerator(seed: 3)
        let codes = (0..<2_000).map { _ in RandomCode.numeric(digits: digits, using: &generator) }
        #expect(codes.allSatisfy { $0.count == digits && $0.allSatisfy(\.isNumber) })
        #expect(codes.contains { $0.hasPrefix("0") })
    }

    @Test func `for a QR code is beyond guessing and never repeats`() {
        var generator = SystemRandomNumberGenerator()
        let codes = (0..<5_000).map { _ in RandomCode.qr(using: &generator) }
        #expect(Set(codes).count == 5_000)
        #expect(codes.allSatisfy { $0.count == 26 && Set($0).isSubset(of: RandomCode.alphabet) })
        #expect(codes.allSatisfy { GateCode(reading: $0)?.text == $0 })
    }
}
