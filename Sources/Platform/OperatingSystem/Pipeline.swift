import Glibc

/// Programs of which each reads what the one before it writes; this process may stand at either end.
package struct Pipeline {
    private let programs: [Program]
    private let source: PlainFile?
    private let target: PlainFile?

    /// Nothing is started yet.
    /// - Parameters:
    ///   - source: what the first one reads, where this process does not feed it.
    ///   - target: where the last one writes, where this process does not read it.
    package init(_ programs: Program..., from source: PlainFile? = nil, to target: PlainFile? = nil) {
        self.programs = programs
        self.source = source
        self.target = target
    }

    /// Runs them to their ends; nobody feeds the first or reads the last.
    /// - Throws: `ProgramFailure` for the first that failed by itself.
    package func run() throws { try run(feeding: false, reading: false) { _ in } }

    /// Runs them; the first reads what `body` writes.
    package func run<Value>(feeding body: (_ write: ([UInt8]) throws -> Void) throws -> Value) throws -> Value {
        try run(feeding: true, reading: false) { descriptor in
            try body { try Self.write($0, to: descriptor) }
        }
    }

    /// Runs them; `body` gets what the last one writes, in pieces of at most 64 KiB.
    package func run(reading body: ([UInt8]) throws -> Void) throws {
        try run(feeding: false, reading: true) { descriptor in
            try Files.readPieces(of: descriptor, named: "a pipe", body)
        }
    }

    private func run<Value>(feeding: Bool, reading: Bool, _ body: (Int32) throws -> Value) throws -> Value {
        // A program that has ended early is an error of a write, not the end of this process.
        signal(SIGPIPE, SIG_IGN)
        var processes: [pid_t] = []
        let value: Result<Value, any Error>
        do {
            let end = try start(&processes, feeding: feeding, reading: reading)
            defer { if end >= 0 { close(end) } }
            value = .success(try body(end))
        } catch {
            // A reader that saw a whole file where its writer gave up would take it for one.
            for process in processes where !Self.isBrokenPipe(error) { kill(process, SIGKILL) }
            value = .failure(error)
        }
        let failures = zip(programs, processes).compactMap { $0.finish($1) }
        let failure = failures.first { !$0.isEchoOfAnother } ?? failures.first
        if case .failure(let error) = value, !Self.isBrokenPipe(error) { throw error }
        if let failure { throw failure }
        return try value.get()
    }

    private static func isBrokenPipe(_ error: any Error) -> Bool { (error as? OperatingSystemError)?.code == EPIPE }

    /// Starts all, connected; returns this process's end, -1 for none.
    private func start(
        _ processes: inout [pid_t], feeding: Bool, reading: Bool
    ) throws(OperatingSystemError) -> Int32 {
        var mine: Int32 = -1
        var input: Int32?
        if feeding {
            let pipe = try Self.makePipe()
            (input, mine) = (pipe.output, pipe.input)
        }
        for (index, program) in programs.enumerated() {
            let isLast = index == programs.count - 1
            var next: Int32?
            var output: Int32?
            if !isLast || reading {
                let pipe = try Self.makePipe()
                (output, next) = (pipe.input, pipe.output)
            }
            defer {
                if let input { close(input) }
                if let output { close(output) }
                input = next
            }
            processes.append(
                try program.start(
                    input: input ?? (index == 0 ? source?.descriptor : nil),
                    output: output ?? (isLast ? target?.descriptor : nil)))
        }
        if reading, let input { mine = input }
        return mine
    }

    /// Both ends are closed in programs that are started.
    static func makePipe() throws(OperatingSystemError) -> (output: Int32, input: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw OperatingSystemError("make a pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(OperatingSystemError) {
        try Files.writeAll(bytes, to: descriptor, path: "a pipe")
    }
}
