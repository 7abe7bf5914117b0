/// What is to be on the list of a board, what is there, and what has to be done about the difference.
///
/// Pure.
package struct CardList: Equatable {
    /// By number.
    package private(set) var cards: [UInt32: BoardCard] = [:]

    package init() {}

    package var count: Int { cards.count }
    package subscript(number: UInt32) -> BoardCard? { cards[number] }

    package mutating func set(_ card: BoardCard) { cards[card.number] = card }
    package mutating func remove(_ number: UInt32) { cards[number] = nil }

    /// Two codes may be one number: it opens what either opens, for as long as either does.
    package mutating func merge(_ card: BoardCard) {
        guard let other = cards[card.number] else { return set(card) }
        set(
            BoardCard(
                number: card.number, from: card.from.days < other.from.days ? card.from : other.from,
                to: card.to.days > other.to.days ? card.to : other.to,
                doors: zip(card.doors, other.doors).map { max($0, $1) }))
    }

    /// One step towards another list.
    package enum Step: Equatable {
        case put(BoardCard)
        case delete(UInt32)

        var number: UInt32 {
            switch self {
            case .put(let card): card.number
            case .delete(let number): number
            }
        }

        /// What is to be there afterwards.
        var card: BoardCard? { if case .put(let card) = self { card } else { nil } }
    }

    /// What makes this list that one: what must not be there goes first, and makes room.
    package func steps(to wanted: CardList) -> [Step] {
        let surplus = cards.keys.filter { wanted[$0] == nil }.sorted().map(Step.delete)
        return surplus
            + wanted.cards.values.filter { cards[$0.number] != $0 }.sorted { $0.number < $1.number }.map(Step.put)
    }

    /// The numbers of which the two lists say different things.
    package func differences(_ other: CardList) -> [UInt32] { steps(to: other).map(\.number) }
}
