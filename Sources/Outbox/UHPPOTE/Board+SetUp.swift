import OperatingSystem
import Outbox

extension Board {
    /// What a board must be told when it is met: at the start, when it was away, and after a change.
    func setUp() {
        ask(.device(serial), .control) { [unowned self] answer in
            if let answer { facts.device = BoardDevice(answer) }
        }
        ask(.recordSpecialEvents(serial), .control) { _ in }
        for number in doors.keys.sorted() { setUpDoor(number) }
        if let listener = settings.listener {
            setUpListener(EventListener(address: listener.address.bytes, port: listener.port))
        }
        checkEvents()
        clock.checkAt = 0
        cards.readAgain()
    }

    /// The time that it opens for; and open for as long as everything is to be.
    private func setUpDoor(_ number: UInt8) {
        ask(.doorControl(serial, number), .control) { [unowned self] answer in
            guard let found = answer.flatMap(DoorControl.init), let door = doors[number]?.door else { return }
            facts.controls[number] = found
            let mode = door.wantsOpen ? .open : found.mode
            if mode != found.mode || found.delay != delay(of: number) { control(nil, door: number, mode) }
        }
    }

    private func setUpListener(_ wanted: EventListener) {
        ask(.listener(serial), .control) { [unowned self] answer in
            guard let answer, EventListener(answer) != wanted else { return }
            ask(.setListener(serial, wanted), .control) { _ in }
        }
    }
}
