import Glibc

/// A program that has a certain time, and whose end nobody waits for: its owner looks now and then.
package final class TimedProgram {
    /// How it ended.
    package enum End: Equatable, Sendable {
        case exit(Int32)
        case signal(Int32)
        /// It was ended, with all that it had started.
        case timeout
    }

    /// Between two looks at whether it has ended, in milliseconds.
    private static let lookEvery: Int64 = 20

    private let process: pid_t
    private let limit: Int
    private let endAt: Int64
    private var nextLookAt: Int64
    private var pipe: Int32
    private var isTimedOut = false
    private var end: End?
    /// What it has written so far, at most the limit; the rest is thrown away.
    package private(set) var output: [UInt8] = []

    /// Starts it, without input; what it says on standard error goes to this process's.
    package init(_ program: Program, milliseconds: Int64, outputLimit: Int) throws(OperatingSystemError) {
        let ends = try Pipeline.makePipe()
        defer { close(ends.input) }
        do throws(OperatingSystemError) {
            process = try program.start(input: nil, output: ends.input, isLeader: true)
        } catch {
            close(ends.output)
            throw error
        }
        _ = fcntl(ends.output, F_SETFL, O_NONBLOCK)
        pipe = ends.output
        limit = outputLimit
        let now = Time.monotonicMilliseconds()
        endAt = now + milliseconds
        nextLookAt = now + Self.lookEvery
    }

    deinit {
        if pipe >= 0 { close(pipe) }
        guard end == nil else { return }
        kill(-process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 { guard errno == EINTR else { break } }
    }

    /// Readable when it has written something; nil after its last word.
    package var descriptor: Int32? { pipe >= 0 ? pipe : nil }

    /// When ``proceed()`` is wanted at the latest, by `Time.monotonicMilliseconds`.
    package var isDueAt: Int64 { nextLookAt }

    /// Takes what it has written, and ends it when its time is over; does not wait.
    ///
    /// - Returns: how it ended; nil while it runs.
    package func proceed() -> End? {
        if let end { return end }
        read()
        let now = Time.monotonicMilliseconds()
        if now >= endAt, !isTimedOut {
            isTimedOut = true
            kill(-process, SIGKILL)
        }
        nextLookAt = now + Self.lookEvery
        var status: Int32 = 0
        guard waitpid(process, &status, WNOHANG) == process else { return nil }
        read()
        switch ChildProcess.End(status: status) {
        case _ where isTimedOut: end = .timeout
        case .exit(let code): end = .exit(code)
        case .signal(let number): end = .signal(number)
        }
        return end
    }

    private func read() {
        var piece = [UInt8](repeating: 0, count: 4096)
        // Not until it is empty: a program that writes without end must not keep its owner.
        for _ in 0..<16 where pipe >= 0 {
            let count = Glibc.read(pipe, &piece, piece.count)
            if count > 0 {
                output += piece[..<min(count, limit - output.count)]
            } else if count == 0 || errno != EAGAIN && errno != EINTR {
                close(pipe)
                pipe = -1
            } else {
                return
            }
        }
    }
}
