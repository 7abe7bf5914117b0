/// The list of a board, read place by place.
package struct CardReading {
    /// How many cards it is to have.
    package let count: UInt32
    package private(set) var index: UInt32 = 1
    package private(set) var list = CardList()

    package init(count: UInt32) { self.count = count }

    package var isComplete: Bool { list.count >= count }

    /// What stands at the place that was asked for.
    /// - Returns: False where that cannot be: the end before all were seen, or one twice. Then it is read anew.
    package mutating func take(_ answer: Message) -> Bool {
        let number = answer.integer(at: 8)
        index += 1
        if number == BoardCard.deleted { return true }
        guard let card = BoardCard(answer), list[number] == nil else { return false }
        list.set(card)
        return true
    }
}
