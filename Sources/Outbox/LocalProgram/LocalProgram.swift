import Doors
package import OperatingSystem
package import Outbox

/// Opens doors by programs of this machine, for a relay that hangs on it.
///
/// Which programs there are is not said by an administrator of the site but by a file of the machine's. No shell; the
/// arguments are those of the file, then the door's number, `open`, `hold` or `release`, and the seconds. Exit code 0 is
/// accepted, `confirmed` on standard output confirmed. A program that takes too long is ended, and nobody knows.
package final class LocalProgram: Driver {
    package static let name = DriverDeclaration.command.name

    /// Time of one program, in milliseconds.
    private static let time: Int64 = 3_000
    /// Bytes of its output that are read.
    private static let outputLimit = 1_024
    /// Programs at once; more are refused, because each is a process.
    private static let most = 32

    private unowned let host: any OutboxHost
    private let path: String?
    private var running: [(command: Int64, door: Int64, program: TimedProgram)] = []

    /// - Parameter list: path of the file that names the programs; nil for none.
    package init(_ host: any OutboxHost, list: String?) {
        self.host = host
        path = list
    }

    package var watched: [(descriptor: Int32, interest: Poll.Interest)] {
        running.compactMap { run in run.program.descriptor.map { (descriptor: $0, interest: .readable) } }
    }

    package var isDueAt: Int64? { running.map(\.program.isDueAt).min() }

    package func proceed(_ ready: Set<Int32>) {
        running.removeAll { run in
            guard let end = run.program.proceed() else { return false }
            let (state, text) = Self.judge(end, run.program.output)
            host.report(run.command, state, text)
            host.report(
                run.door, DoorReport(answer: text, trouble: state == .failed || state == .unknown ? "program" : ""))
            return true
        }
    }

    package func use(_ doors: [Door]) {}

    package func perform(_ command: DoorCommand, at door: Door) {
        if command.kind != .open, door.settings["keeps_open"] != "yes" {
            return host.report(command.id, .failed, "this program cannot keep the door open")
        }
        // Read each time: a change holds at once, and a file that has become unsafe is not used.
        switch ProgramList(path).command(door.settings["program"] ?? "") {
        case .failure(let refusal): refuse(command, door, refusal.text)
        case .success(let words):
            let number = door.settings["number"] ?? "1"
            // No option for a program, whatever was typed.
            guard !number.isEmpty, number.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) else {
                return refuse(command, door, "the door's number is none")
            }
            start(words + [number, command.kind.rawValue, String(door.openSeconds)], command, door)
        }
    }

    private func start(_ words: [String], _ command: DoorCommand, _ door: Door) {
        guard running.count < Self.most else { return refuse(command, door, "too many programs run") }
        do throws(OperatingSystemError) {
            let program = try TimedProgram(Program(words), milliseconds: Self.time, outputLimit: Self.outputLimit)
            running.append((command.id, door.id, program))
        } catch { refuse(command, door, "the program could not be started") }
    }

    private func refuse(_ command: DoorCommand, _ door: Door, _ text: String) {
        host.report(command.id, .failed, text)
        host.report(door.id, DoorReport(answer: text, trouble: "program"))
        host.log("program of a door not started", "door \(door.id): \(text)")
    }

    private static func judge(_ end: TimedProgram.End, _ output: [UInt8]) -> (CommandState, String) {
        let line = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline).first ?? ""
        let said = String(String.UnicodeScalarView(line.unicodeScalars.filter { $0.value >= 0x20 }).prefix(100))
        switch end {
        case .exit(0): return said == "confirmed" ? (.confirmed, "confirmed") : (.accepted, said)
        case .exit(let code): return (.failed, "exit code \(code)\(said.isEmpty ? "" : ": ")\(said)")
        case .signal(let number): return (.unknown, "ended by signal \(number)")
        case .timeout: return (.unknown, "no end within 3 seconds")
        }
    }
}
