#include <fcgiapp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>

// Linux calls a FastCGI worker needs. Their prototypes are hidden behind _GNU_SOURCE, which Swift's Glibc module is
// not built with; prctl is variadic, which Swift cannot call.

static inline int garita_accept(int listener) {
    extern int accept4(int, struct sockaddr *, socklen_t *, int);
    return accept4(listener, 0, 0, SOCK_CLOEXEC);
}

static inline int garita_die_with_parent(int signal) {
    return prctl(PR_SET_PDEATHSIG, (unsigned long)signal, 0UL, 0UL, 0UL);
}
