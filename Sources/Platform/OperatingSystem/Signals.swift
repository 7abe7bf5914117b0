import CLinux
package import Glibc

/// How a worker treats signals.
///
/// TERM and USR1 (libfcgi's word for it) ask it to stop. Both stay blocked all the time, because a signal must not
/// interrupt a read or write. The listener finds out that one is pending when it waits, and nothing else does.
package enum Signals {
    /// Prepares the process: TERM and USR1 blocked, PIPE ignored.
    ///
    /// Call it once, before the first request.
    package static func prepareForServing() {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = SIG_IGN
        sigaction(SIGPIPE, &action, nil)
        var stopping = stopSignals
        sigprocmask(SIG_BLOCK, &stopping, nil)
    }

    /// TERM and USR1.
    package static var stopSignals: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGUSR1)
        return set
    }

    /// Becomes readable when TERM or INT has come: for a loop that waits for other descriptors too.
    ///
    /// Both stay blocked from now on; PIPE is ignored. Call it once.
    package static func stopDescriptor() -> Int32 {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = SIG_IGN
        sigaction(SIGPIPE, &action, nil)
        var stopping = sigset_t()
        sigemptyset(&stopping)
        sigaddset(&stopping, SIGTERM)
        sigaddset(&stopping, SIGINT)
        sigprocmask(SIG_BLOCK, &stopping, nil)
        return signalfd(-1, &stopping, Int32(SFD_CLOEXEC))
    }

    /// TERM.
    package static let terminate = SIGTERM
    /// HUP.
    package static let hangUp = SIGHUP
    /// CHLD: a child has ended.
    package static let childEnded = SIGCHLD

    /// Prepares a process that only waits for signals: those of ``next(milliseconds:)`` are blocked until it asks.
    ///
    /// A program that takes its place (exec(3)) finds those that came meanwhile.
    package static func prepareForSupervising() {
        var heard = supervised
        sigprocmask(SIG_BLOCK, &heard, nil)
    }

    /// Waits for TERM, INT, QUIT, HUP or CHLD.
    ///
    /// - Parameter milliseconds: how long at most; nil for ever.
    /// - Returns: Its number; nil when the time is over (sigtimedwait(2)).
    package static func next(milliseconds: Int64?) -> Int32? {
        var heard = supervised
        var time = timespec()
        time.tv_sec = Int((milliseconds ?? 3_600_000) / 1000)
        time.tv_nsec = Int((milliseconds ?? 0) % 1000) * 1_000_000
        let number = sigtimedwait(&heard, nil, &time)
        return number > 0 ? number : nil
    }

    private static var supervised: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGCHLD] { sigaddset(&set, number) }
        return set
    }
}
