package import Glibc

/// How a worker treats signals.
///
/// TERM and USR1 (what multiwatch sends) ask it to stop. Both stay blocked while a request is served: a signal must
/// not interrupt a read or write half way. They are let in only inside the one waiting call of the listener.
package enum Signals {
    /// Prepares the process: TERM and USR1 blocked and handled, PIPE ignored.
    ///
    /// Call it once, before the first request.
    package static func prepareForServing() {
        ignore(SIGPIPE)
        var stopping = stopSignals
        sigprocmask(SIG_BLOCK, &stopping, nil)
        // The handler does nothing: it exists so that the waiting call returns and the process is not killed.
        handle(SIGTERM) { _ in }
        handle(SIGUSR1) { _ in }
    }

    /// The mask to use while waiting: the present one without TERM and USR1.
    package static func maskWhileWaiting() -> sigset_t {
        var mask = sigset_t()
        sigprocmask(SIG_BLOCK, nil, &mask)
        sigdelset(&mask, SIGTERM)
        sigdelset(&mask, SIGUSR1)
        return mask
    }

    /// Whether TERM or USR1 arrived while blocked.
    ///
    /// Needed beside the interrupted wait: `ppoll` delivers no signal while a descriptor is ready, so under load
    /// a worker would otherwise never stop.
    package static var isTerminationPending: Bool {
        var pending = sigset_t()
        sigpending(&pending)
        return sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGUSR1) == 1
    }

    private static var stopSignals: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGUSR1)
        return set
    }

    private static func ignore(_ signal: Int32) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = SIG_IGN
        sigaction(signal, &action, nil)
    }

    private static func handle(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = handler
        sigaction(signal, &action, nil)
    }
}
