import Cryptography
import JSON
import OperatingSystem
import Outbox
import PostgreSQL

extension Board {
    /// So many codes are read at once: nothing else is done meanwhile.
    private static let page: Int64 = 200

    /// When the list needs something without an answer having come.
    var cardsDueAt: Int64? {
        guard keepsCards else { return nil }
        let own = cards.isBusy ? [] : [cards.readAt, cards.refusal?.until]
        return ([cards.loadAt] + own).compactMap { $0 }.min()
    }

    /// One step of keeping the list.
    func keepCards(_ now: Int64) {
        guard keepsCards, !host.isBehind else { return }
        if now >= cards.loadAt { load(now) }
        guard !cards.isBusy else { return }
        if let refusal = cards.refusal, now >= refusal.until {
            cards.refusal = nil
            cards.isSettled = false
        }
        if now >= cards.readAt { return read(now) }
        guard !cards.isSettled, cards.wanted != nil, let actual = cards.actual else { return }
        let steps = cards.compare()
        guard let step = steps.first(where: cards.allows) else {
            cards.isSettled = true
            return rememberCards(steps.isEmpty ? fingerprint(actual) : nil)
        }
        // What is there is not known until this is done.
        rememberCards(nil)
        perform(step)
    }

    // MARK: What is wanted

    /// A page of the list of the database.
    private func load(_ now: Int64) {
        var loading = cards.loading ?? (CardList(), 0, 0)
        do {
            let rows = try pageOfCards(after: loading.after)
            for row in rows {
                loading.after = try row.integer(0)
                guard let card = try card(row) else {
                    loading.unfit += 1
                    continue
                }
                loading.list.merge(card)
            }
            if Int64(rows.count) == Self.page {
                cards.loading = loading
                return
            }
        } catch {
            cards.loading = nil
            cards.loadAt = now + 5_000
            return
        }
        cards.loading = nil
        if cards.wanted != loading.list { cards.isSettled = false }
        cards.wanted = loading.list
        cards.unfit = loading.unfit
        cards.loadAt = now + CardKeeping.loadEvery
    }

    /// - SQL: `api.outbox_cards` (sql/functions/outbox/outbox_cards.sql).
    private func pageOfCards(after: Int64) throws(DatabaseError) -> Rows {
        try host.database.run(
            Statement(
                "select code_id, tag, sealed, key_version, last_day, door_ids from api.outbox_cards($1, $2, $3)",
                name: "outbox_cards",
                parameters: [
                    .integerArray(doors.values.filter(\.settings.keepsCards).map(\.door.id).sorted()), .integer(after),
                    .integer(Self.page),
                ]))
    }

    /// Nil for a code that is no number of a card.
    private func card(_ row: Row) throws(DatabaseError) -> BoardCard? {
        let (tag, opened) = (try row.bytes(1), Set(try row.integerArray(5)))
        let number: UInt32?
        if let known = cards.numbers[tag] {
            number = known
        } else {
            let generation = Int(clamping: try row.integer(3))
            let text = try row.optionalBytes(2).flatMap { try? codes.open($0, tag: tag, generation: generation) }
            number = text.flatMap { CardNumber.read($0, settings.cardFormat) }
            cards.numbers[tag] = .some(number)
        }
        guard let number else { return nil }
        let permissions = (UInt8(1)...4).map { place in doors[place].map { opened.contains($0.door.id) } == true }
        return BoardCard(
            number: number, from: Self.firstDay,
            to: try row.optionalInteger(4).map { BoardDate(days: $0) } ?? Self.lastDay,
            doors: permissions.map { $0 ? 1 : 0 })
    }

    /// A day that every board knows; what the database says begins at once.
    private static let firstDay = BoardDate(days: 11_323)  // 2001-01-01
    /// Where the database says no last day.
    private static let lastDay = BoardDate(days: 47_481)  // 2099-12-31

    // MARK: What is there

    private func read(_ now: Int64) {
        cards.beginReading(now)
        ask(.countCards(serial), .list) { [unowned self] answer in
            guard let answer else { return giveUpReading() }
            cards.reading = CardReading(count: answer.integer(at: 8))
            readNext()
        }
    }

    private func readNext() {
        guard let reading = cards.reading else { return giveUpReading() }
        if reading.isComplete { return endReading(reading.list) }
        ask(.card(serial, index: reading.index), .list) { [unowned self] answer in
            guard let answer, cards.reading?.take(answer) == true else { return giveUpReading() }
            readNext()
        }
    }

    /// Later: the board is busy, or its list has changed meanwhile.
    private func giveUpReading() {
        cards.stop()
        cards.readAt = Time.monotonicMilliseconds() + 5_000
    }

    private func endReading(_ found: CardList) {
        let now = Time.monotonicMilliseconds()
        cards.isBusy = false
        if let before = cards.actual {
            let changed = found.differences(before)
            if !changed.isEmpty { reportDrift(changed.count, hints: changed.prefix(10).map(CardNumber.hint)) }
        } else if let remembered = digest(of: cards.memory), let present = digest(of: fingerprint(found)),
            remembered != present
        {
            reportDrift(nil, hints: [])
        }
        cards.endReading(found, now)
    }

    /// Somebody else has written to the list; it is put right.
    private func reportDrift(_ count: Int?, hints: [String]) {
        for (door, settings) in doors.values where settings.keepsCards {
            host.record(
                DoorEvent(
                    door: door.id, kind: "card_drift",
                    details: ["count": JSON(count), "cards": .array(hints.map { .string("••" + $0) })]))
        }
    }

    // MARK: What is done about it

    private func perform(_ step: CardList.Step) {
        cards.isBusy = true
        let message: Message =
            switch step {
            case .put(let card): .putCard(serial, card)
            case .delete(let number): .deleteCard(serial, number)
            }
        ask(message, .list) { [unowned self] answer in
            guard let answer else { return giveUpReading() }
            if case .put = step, answer.flag(at: 8) == false {
                cards.refuse(CardKeeping.isFull, Time.monotonicMilliseconds())
            }
            readBack(step)
        }
    }

    /// What the board has now of this number.
    private func readBack(_ step: CardList.Step) {
        let number = step.number
        ask(.card(serial, number: number), .list) { [unowned self] answer in
            cards.isBusy = false
            guard let answer, [0, number].contains(answer.integer(at: 8)) else { return cards.readAgain() }
            let found = BoardCard(answer)
            if let found { cards.actual?.set(found) } else { cards.actual?.remove(number) }
            cards.isSettled = false
            // A board that keeps something else than it was told would be told without end.
            if found != step.card, cards.refusal == nil {
                cards.refuse(CardKeeping.isNotKept, Time.monotonicMilliseconds())
            }
        }
    }

    // MARK: What is remembered

    private func rememberCards(_ memory: JSON?) {
        guard memory != cards.memory else { return }
        cards.memory = memory
        remember()
    }

    /// What tells a list from another one, without its numbers: a sum of keyed tags.
    private func fingerprint(_ list: CardList) -> JSON {
        var sum: UInt64 = 0
        for card in list.cards.values {
            let text = "\(card.number)X\(card.from.days)X\(card.to.days)X\(card.doors.map { String($0) }.joined())"
            guard let code = GateCode(reading: "\(text)X\(card.hasMore)") else { continue }
            sum &+= codes.tag(code).prefix(8).reduce(UInt64.zero) { $0 << 8 | UInt64(truncatingIfNeeded: $1) }
        }
        return ["generation": JSON(codes.generation), "sum": .string(String(sum, radix: 16))]
    }

    /// Nil where it was made with a key that is no longer in use.
    private func digest(of memory: JSON?) -> String? {
        memory?["generation"] == JSON(codes.generation) ? memory?["sum"]?.stringValue : nil
    }
}
