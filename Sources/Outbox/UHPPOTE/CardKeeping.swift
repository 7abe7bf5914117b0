import JSON
import OperatingSystem

/// How the list of a board is kept as the database has it.
struct CardKeeping {
    /// The database is asked again so often, in milliseconds: so soon a revoked card is gone.
    static let loadEvery: Int64 = 20_000
    /// The board is asked again at least so often, and then for at most a tenth of its time.
    static let readEvery: Int64 = 30_000
    /// A board that does not take what it is told is tried again after that.
    static let whenRefused: Int64 = 60_000
    static let isFull = "card_list_full"
    static let isNotKept = "card_not_kept"

    /// What is to be there; nil before the database has said it.
    var wanted: CardList?
    /// Codes that are no number which a reader of the board could hand on.
    var unfit = 0
    /// The list of the database, as far as it was read: up to the code of that number.
    var loading: (list: CardList, unfit: Int, after: Int64)?
    var loadAt: Int64 = 0
    /// Numbers of the codes that were opened, by their tags, so that each is opened once.
    var numbers: [[UInt8]: UInt32?] = [:]

    /// What is there; nil before the board has said it.
    var actual: CardList?
    var reading: CardReading?
    var readAt: Int64 = 0
    private(set) var readingSince: Int64 = 0
    private(set) var comparedAt = ""
    /// Something is asked or written; the next step follows its answer.
    var isBusy = false
    /// What the board does not do, as a word of trouble, and when it is tried again.
    var refusal: (word: String, until: Int64)?
    /// Nothing has changed since the two were compared.
    var isSettled = false
    private(set) var differing = 0
    /// What was there last, as it is remembered; nil where that is not known.
    var memory: JSON?

    /// From what was remembered.
    init(_ memory: JSON?) { self.memory = memory == .null ? nil : memory }

    /// Empty when nothing is wrong.
    var trouble: String { refusal?.word ?? "" }

    /// Whether a step is of use now: a full board can still lose cards.
    func allows(_ step: CardList.Step) -> Bool {
        guard let refusal else { return true }
        return refusal.word == Self.isFull && step == .delete(step.number)
    }

    mutating func refuse(_ word: String, _ now: Int64) { refusal = (word, now + Self.whenRefused) }

    mutating func reload() { loadAt = 0 }
    mutating func readAgain() { readAt = 0 }

    /// The board is away.
    mutating func stop() {
        isBusy = false
        reading = nil
    }

    mutating func beginReading(_ now: Int64) {
        isBusy = true
        readingSince = now
    }

    mutating func endReading(_ list: CardList, _ now: Int64) {
        actual = list
        isSettled = false
        reading = nil
        readAt = now + max(Self.readEvery, 10 * (now - readingSince))
        comparedAt = String(decoding: WallClock.bytes(), as: UTF8.self)
    }

    /// What has to be done, so far as it is known.
    mutating func compare() -> [CardList.Step] {
        guard let wanted, let actual else { return [] }
        let steps = actual.steps(to: wanted)
        differing = steps.count
        return steps
    }

    /// What is told of it.
    var figures: JSON {
        guard let wanted, let actual else { return [:] }
        return [
            "wanted": JSON(wanted.count), "found": JSON(actual.count),
            "differing": JSON(differing), "unfit": JSON(unfit), "compared_at": .string(comparedAt),
        ]
    }
}
