/* What zbar takes from the C library, for WebAssembly without a system: deploy/local/scanner.sh gives this file the names
 * of the standard headers. What is declared here lies in scanner.c, or is never called by what is left of zbar; the
 * linker refuses anything else. Source: ISO C11, 7. */
#ifndef GARITA_LIBC_H
#define GARITA_LIBC_H

#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* A broken promise ends this frame (a trap), not the page. */
#define assert(condition) ((condition) ? (void)0 : __builtin_trap())

#define abs __builtin_abs
#define ceil __builtin_ceil
#define fabs __builtin_fabs
#define floor __builtin_floor
#define sqrt __builtin_sqrt

/* Memory is given back whole, before each frame. */
void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *old, size_t size);
static inline void free(void *memory) { (void)memory; }

/* -mbulk-memory: each is one instruction. */
#define memcpy __builtin_memcpy
#define memmove __builtin_memmove
#define memset __builtin_memset
int memcmp(const void *left, const void *right, size_t size);
void *memchr(const void *bytes, int byte, size_t size);
void qsort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *));

size_t strlen(const char *text);
int strncmp(const char *left, const char *right, size_t size);
char *strdup(const char *text);
char *strcpy(char *to, const char *text);

/* Nothing is printed. */
typedef int FILE;
FILE *fopen(const char *path, const char *mode);
size_t fwrite(const void *items, size_t size, size_t count, FILE *file);
int fclose(FILE *file);
char *strerror(int number);
#define errno 0
#define fprintf(...) ((void)0)
#define sprintf(...) 0
#define snprintf(...) 0

/* Time only dates what a cache holds; ours is off. */
#define _POSIX_TIMERS 1
#define CLOCK_REALTIME 0
struct timespec { long tv_sec, tv_nsec; };
static inline int clock_gettime(int clock, struct timespec *now) {
    (void)clock;
    *now = (struct timespec){0, 0};
    return 0;
}

/* Texts are handed on as they lie in the code (ZBAR_CFG_BINARY): no table of letters is needed. */
typedef int iconv_t;
#define iconv_open(to, from) ((iconv_t)-1)
#define iconv(...) ((size_t)-1)
#define iconv_close(table) ((void)0)

#endif
