#include <mosquitto.h>
#include <mqtt_protocol.h>
#include <netdb.h>

// Name resolution that does not wait, which the C library declares for _GNU_SOURCE only, and the toolchain's module leaves
// out: getaddrinfo_a(3). The layout is that of glibc's netdb.h.
struct gaicb {
    const char *ar_name;
    const char *ar_service;
    const struct addrinfo *ar_request;
    struct addrinfo *ar_result;
    int reserved[6];
};
enum { GARITA_GAI_NOWAIT = 1, GARITA_EAI_INPROGRESS = -100, GARITA_EAI_CANCELED = -101 };
int getaddrinfo_a(int mode, struct gaicb *list[], int entries, void *event);
int gai_error(struct gaicb *request);
int gai_cancel(struct gaicb *request);
