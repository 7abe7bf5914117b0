/* A wall clock that is OFFSET seconds away from the machine's, for every program into which ld.so(8) loads this.
 *
 * Debian's libfaketime cannot do it: its clock_nanosleep() takes the offset off absolute times of the monotonic clock
 * too, so that each time.sleep() of Python ends with EINVAL, and it leaves the times of files alone. Here waiting, timers
 * and the monotonic clock stay the kernel's. Files keep the times that the kernel gives them: whoever asks for them gets
 * the offset added, whoever sets them has it taken off.
 *
 * The offset is compiled in (-DOFFSET=86400L): no variable of the environment has to reach the programs.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* The same function under the name that programs with large files call. */
#define ALIAS(function) __attribute__((alias(#function)))

int clock_gettime(clockid_t clock, struct timespec *now) {
    int status = (int)syscall(SYS_clock_gettime, clock, now);
    if (status == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += OFFSET;
    return status;
}

int gettimeofday(struct timeval *now, void *zone) {
    struct timespec exact;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *now) {
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME_COARSE, &exact);
    if (now != NULL) *now = exact.tv_sec;
    return exact.tv_sec;
}

static int shifted(int status, struct stat *found) {
    if (status == 0) {
        found->st_atim.tv_sec += OFFSET;
        found->st_mtim.tv_sec += OFFSET;
        found->st_ctim.tv_sec += OFFSET;
    }
    return status;
}

int fstatat(int folder, const char *path, struct stat *found, int flags) {
    return shifted((int)syscall(SYS_newfstatat, folder, path, found, flags), found);
}

int stat(const char *path, struct stat *found) { return fstatat(AT_FDCWD, path, found, 0); }

int lstat(const char *path, struct stat *found) { return fstatat(AT_FDCWD, path, found, AT_SYMLINK_NOFOLLOW); }

int fstat(int file, struct stat *found) { return shifted((int)syscall(SYS_fstat, file, found), found); }

int fstatat64(int folder, const char *path, struct stat64 *found, int flags) ALIAS(fstatat);
int stat64(const char *path, struct stat64 *found) ALIAS(stat);
int lstat64(const char *path, struct stat64 *found) ALIAS(lstat);
int fstat64(int file, struct stat64 *found) ALIAS(fstat);

int statx(int folder, const char *path, int flags, unsigned mask, struct statx *found) {
    int status = (int)syscall(SYS_statx, folder, path, flags, mask, found);
    if (status == 0) {
        found->stx_atime.tv_sec += OFFSET;
        found->stx_btime.tv_sec += OFFSET;
        found->stx_ctime.tv_sec += OFFSET;
        found->stx_mtime.tv_sec += OFFSET;
    }
    return status;
}

/* UTIME_NOW and UTIME_OMIT are words, not times. */
static struct timespec unshifted(struct timespec set) {
    if (set.tv_nsec != UTIME_NOW && set.tv_nsec != UTIME_OMIT) set.tv_sec -= OFFSET;
    return set;
}

static int set(int folder, const char *path, const struct timespec times[2], int flags) {
    struct timespec real[2];
    if (times == NULL) return (int)syscall(SYS_utimensat, folder, path, NULL, flags);
    real[0] = unshifted(times[0]);
    real[1] = unshifted(times[1]);
    return (int)syscall(SYS_utimensat, folder, path, real, flags);
}

int utimensat(int folder, const char *path, const struct timespec times[2], int flags) {
    return set(folder, path, times, flags);
}

int futimens(int file, const struct timespec times[2]) { return set(file, NULL, times, 0); }
