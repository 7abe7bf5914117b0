import OperatingSystem
import Outbox

/// An opening that was asked for.
struct Opening {
    enum Phase: Equatable {
        /// Waits for its turn, or for the answer.
        case asked
        /// The board took it; whether the lock obeyed is looked at.
        case accepted
        /// No answer came. Whether it was the request that was lost, or the answer, the board's events say.
        case inDoubt
        /// The same; the events up to this one have to be read.
        case inDoubtUntil(UInt32)
    }

    let command: DoorCommand
    let door: UInt8
    /// The lock may have been released before: that it is proves nothing.
    let mayBeReleased: Bool
    var phase = Phase.asked
    /// It has left at least once.
    var wasSent = false
    /// The board's newest event before it was sent; nil while none is known.
    var before: UInt32?
    /// When it is no longer looked at.
    var endsAt: Int64
}

extension Board {
    /// How often a status is asked for while an opening is looked at, in milliseconds.
    static let lookEvery: Int64 = 250

    func open(_ command: DoorCommand, door: UInt8, _ now: Int64) {
        let seconds = Int64(clamping: doors[door]?.door.openSeconds ?? 0)
        let mayBeReleased = facts.status?.isUnlocked(door) == true || now < pulseEndsAt[door] ?? 0
        openings.append(
            Opening(
                command: command, door: door, mayBeReleased: mayBeReleased, before: events.newest,
                endsAt: now + (seconds + 5) * 1000))
        notePulse(door, now)
        sendOpening(command)
        send(now)
    }

    private func sendOpening(_ command: DoorCommand) {
        guard let opening = openings.first(where: { $0.command.id == command.id }) else { return }
        change(command) { $0.phase = .asked }
        let late = { [unowned self] in
            let wasSent = self.opening(command)?.wasSent ?? false
            end(command, wasSent ? .unknown : .failed, wasSent ? "no answer" : "not sent in time")
        }
        ask(.openDoor(serial, opening.door), .opening, attempts: 1, freshUntil: command.freshUntil, late: late) {
            [unowned self] answer in
            guard let answer else { return doubt(command) }
            guard answer.flag(at: 8) == true else { return end(command, .failed, "refused by the board") }
            change(command) { $0.phase = .accepted }
            notePulse(opening.door, Time.monotonicMilliseconds())
            host.report(command.id, .accepted, "taken by the board")
            polling.look(every: Self.lookEvery)
        }
    }

    /// An answer is missing, so whether the door was opened has to be found out.
    private func doubt(_ command: DoorCommand) {
        change(command) {
            $0.phase = .inDoubt
            $0.wasSent = true
        }
        ask(.status(serial), .doubt, attempts: 2, freshUntil: command.freshUntil) { [unowned self] answer in
            guard let answer else { return end(command, .unknown, "no answer") }
            let status = BoardStatus(answer)
            take(status)
            // Nothing to compare with: another opening might be a second one.
            guard let opening = opening(command), opening.before != nil else {
                return end(command, .unknown, "no answer")
            }
            change(command) { $0.phase = .inDoubtUntil(status.event?.index ?? 0) }
        }
    }

    /// Sends again what the board has certainly not done, as long as it is fresh; gives up what is over.
    func settleOpenings(_ now: Int64) {
        for opening in openings {
            let isFresh = opening.command.freshUntil.map { now < $0 } ?? true
            switch opening.phase {
            case .inDoubtUntil(let newest) where events.isRead(newest):
                if isFresh { sendOpening(opening.command) } else { end(opening.command, .unknown, "no answer") }
            case .inDoubtUntil where !isFresh: end(opening.command, .unknown, "no answer")
            case .accepted where now >= opening.endsAt: openings.removeAll { $0.command.id == opening.command.id }
            default: break
            }
        }
    }

    /// The lock obeyed.
    func confirm(door: UInt8, by event: BoardEvent?) {
        for opening in openings where opening.door == door && opening.phase != .asked {
            if let event {
                guard let before = opening.before, event.index > before else { continue }
            } else if opening.mayBeReleased {
                continue
            }
            end(opening.command, .confirmed, event == nil ? "the lock is released" : "the board recorded the opening")
        }
    }

    /// Some more than the pulse: the state of the lock is asked for now and then.
    private func notePulse(_ door: UInt8, _ now: Int64) {
        pulseEndsAt[door] = now + (Int64(clamping: doors[door]?.door.openSeconds ?? 0) + 2) * 1000
    }

    private func opening(_ command: DoorCommand) -> Opening? { openings.first { $0.command.id == command.id } }

    private func change(_ command: DoorCommand, _ body: (inout Opening) -> Void) {
        guard let place = openings.firstIndex(where: { $0.command.id == command.id }) else { return }
        body(&openings[place])
    }

    private func end(_ command: DoorCommand, _ state: CommandState, _ answer: String) {
        guard openings.contains(where: { $0.command.id == command.id }) else { return }
        openings.removeAll { $0.command.id == command.id }
        host.report(command.id, state, answer)
    }

    // MARK: Staying open

    /// Lets a door stay open, or be controlled again, and looks whether it is so.
    func control(_ command: DoorCommand?, door: UInt8, _ mode: DoorControl.Mode) {
        let wanted = DoorControl(door: door, mode: mode, delay: delay(of: door))
        ask(.setDoorControl(serial, wanted), .control) { [unowned self] answer in
            guard answer != nil else { return report(command, .unknown, "no answer") }
            ask(.doorControl(serial, door), .control) { [unowned self] answer in
                guard let answer, let found = DoorControl(answer) else { return report(command, .unknown, "no answer") }
                facts.controls[door] = found
                let isDone = found.mode == mode
                report(command, isDone ? .confirmed : .failed, isDone ? "read back" : "the board keeps another mode")
            }
        }
    }

    private func report(_ command: DoorCommand?, _ state: CommandState, _ answer: String) {
        if let command { host.report(command.id, state, answer) }
    }

    /// For how many seconds a door is to be unlocked.
    func delay(of door: UInt8) -> UInt8 { UInt8(clamping: doors[door]?.door.openSeconds ?? 5) }
}
