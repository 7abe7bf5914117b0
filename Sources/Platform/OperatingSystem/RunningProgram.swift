import Glibc

/// A program that runs beside this process until its owner lets go of it.
package struct RunningProgram: ~Copyable {
    private let process: pid_t

    /// Starts it, without input; its output goes nowhere.
    package init(_ program: Program) throws(OperatingSystemError) {
        process = try program.start(input: nil, output: nil)
    }

    /// Whether it still runs.
    package var isRunning: Bool {
        var facts = siginfo_t()
        return waitid(P_PID, id_t(process), &facts, WEXITED | WNOHANG | WNOWAIT) == 0 && facts.si_signo == 0
    }

    deinit {
        // To PostgreSQL: end at once, without writing what waits (pg_ctl(1), immediate). Others end as well.
        kill(process, SIGQUIT)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 { guard errno == EINTR else { break } }
    }
}
