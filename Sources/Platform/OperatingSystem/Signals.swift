package import Glibc

/// How a worker treats signals.
///
/// TERM and USR1 (what multiwatch sends) ask it to stop. Both stay blocked all the time, because a signal must not
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
}
