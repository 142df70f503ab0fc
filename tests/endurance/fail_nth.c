/* Makes the N-th call that writes to a file under one folder fail, once or from then on.

   Loaded by LD_PRELOAD; armed and asked by tests/endurance/io_faults.py. Calls on other files are not counted. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[4096];
static long nth, seen;
static int failure, lasting, halves;

void fail_arm(const char *under, long number, int error, int from_then_on, int half_written) {
    strncpy(folder, under, sizeof folder - 1);
    nth = number, failure = error, lasting = from_then_on, halves = half_written, seen = 0;
}

long fail_seen(void) { return seen; }

static int counted(const char *path) {
    return nth && strncmp(path, folder, strlen(folder)) == 0;
}

static int counted_fd(int fd) {
    char link[64], path[4096];
    if (!nth) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return counted(path);
}

static int due(void) {
    seen++;
    if (seen != nth && !(lasting && seen > nth)) return 0;
    errno = failure;
    return 1;
}

/* A write may first put half of its bytes on the disk: 2, that was all for now; 1, it fails. */
static int due_write(void) {
    seen++;
    if (halves && seen == nth) return 2;
    if (seen != nth + halves && !(lasting && seen > nth)) return 0;
    errno = failure;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define WRITE(name, parameters, whole, half)                    \
    ssize_t name parameters {                                   \
        if (counted_fd(fd)) switch (due_write()) {              \
            case 1: return -1;                                  \
            case 2: if (n > 1) return REAL(name) half;          \
        }                                                       \
        return REAL(name) whole;                                \
    }

WRITE(write, (int fd, const void *from, size_t n), (fd, from, n), (fd, from, n / 2))
WRITE(pwrite, (int fd, const void *from, size_t n, off_t at), (fd, from, n, at), (fd, from, n / 2, at))
WRITE(pwrite64, (int fd, const void *from, size_t n, off64_t at), (fd, from, n, at), (fd, from, n / 2, at))

ssize_t sendfile(int fd, int in, off_t *at, size_t n);
WRITE(sendfile, (int fd, int in, off_t *at, size_t n), (fd, in, at, n), (fd, in, at, n / 2))
ssize_t sendfile64(int fd, int in, off64_t *at, size_t n);
WRITE(sendfile64, (int fd, int in, off64_t *at, size_t n), (fd, in, at, n), (fd, in, at, n / 2))

#define OTHER(name, parameters, is_counted, passed)             \
    int name parameters {                                       \
        return is_counted && due() ? -1 : REAL(name) passed;    \
    }

OTHER(fsync, (int fd), counted_fd(fd), (fd))
OTHER(fdatasync, (int fd), counted_fd(fd), (fd))
OTHER(ftruncate, (int fd, off_t size), counted_fd(fd), (fd, size))
OTHER(ftruncate64, (int fd, off64_t size), counted_fd(fd), (fd, size))
OTHER(rename, (const char *from, const char *to), counted(to), (from, to))
OTHER(link, (const char *from, const char *to), counted(to), (from, to))
OTHER(unlink, (const char *path), counted(path), (path))
