/// What a board is asked.
extension Message {
    /// Who is there; serial number 0 asks all.
    package static func device(_ serial: UInt32) -> Message { Message(.device, serial) }

    /// How it is, and its newest event.
    package static func status(_ serial: UInt32) -> Message { Message(.status, serial) }

    /// Its clock is to show this.
    package static func setTime(_ serial: UInt32, _ time: BoardTime) -> Message {
        var message = Message(.setTime, serial)
        message.set(time.digits, at: 8)
        return message
    }

    /// Releases a door for its delay.
    package static func openDoor(_ serial: UInt32, _ door: UInt8) -> Message { Message(.openDoor, serial, byte: door) }

    /// How a door is controlled.
    package static func doorControl(_ serial: UInt32, _ door: UInt8) -> Message {
        Message(.doorControl, serial, byte: door)
    }

    /// How a door is to be controlled; the answer is how it then is.
    package static func setDoorControl(_ serial: UInt32, _ control: DoorControl) -> Message {
        var message = Message(.setDoorControl, serial, byte: control.door)
        message.set(control.mode.rawValue, at: 9)
        message.set(control.delay, at: 10)
        return message
    }

    /// Doors that open and close, and buttons, are to be events too.
    package static func recordSpecialEvents(_ serial: UInt32) -> Message {
        Message(.recordSpecialEvents, serial, byte: 1)
    }

    /// Where it sends its events.
    package static func listener(_ serial: UInt32) -> Message { Message(.listener, serial) }

    /// Where it is to send its events.
    package static func setListener(_ serial: UInt32, _ listener: EventListener) -> Message {
        var message = Message(.setListener, serial)
        message.set(listener.address, at: 8)
        message.set(listener.port, at: 12)
        message.set(listener.repeatSeconds, at: 14)
        return message
    }

    /// One event; 0 is the oldest there is.
    package static func event(_ serial: UInt32, _ index: UInt32) -> Message { Message(.event, serial, number: index) }

    /// How many cards there are.
    package static func countCards(_ serial: UInt32) -> Message { Message(.countCards, serial) }

    /// A card by its number.
    package static func card(_ serial: UInt32, number: UInt32) -> Message {
        Message(.cardByNumber, serial, number: number)
    }

    /// A card by its place, from 1.
    package static func card(_ serial: UInt32, index: UInt32) -> Message {
        Message(.cardByIndex, serial, number: index)
    }

    /// Takes a card off the list.
    package static func deleteCard(_ serial: UInt32, _ number: UInt32) -> Message {
        Message(.deleteCard, serial, number: number)
    }

    /// Adds a card to the list, or replaces it.
    package static func putCard(_ serial: UInt32, _ card: BoardCard) -> Message {
        var message = Message(.putCard, serial, number: card.number)
        message.set(card.from.digits, at: 12)
        message.set(card.to.digits, at: 16)
        message.set(card.doors, at: 20)
        return message
    }

    private init(_ function: Function, _ serial: UInt32, byte: UInt8) {
        self.init(function, serial)
        set(byte, at: 8)
    }

    private init(_ function: Function, _ serial: UInt32, number: UInt32) {
        self.init(function, serial)
        set(number, at: 8)
    }
}
