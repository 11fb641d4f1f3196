/* Names of system calls and errors: those that the hook can meet. */
#include "tamper.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

struct name {
    const char *text;
    long number;
};

#define CALL(name) { #name, SYS_##name }
static const struct name calls[] = {
    CALL(access),       CALL(arch_prctl),    CALL(bind),         CALL(brk),        CALL(chmod),
    CALL(clone),        CALL(close),         CALL(creat),        CALL(delete_module), CALL(dup2),
    CALL(dup3),         CALL(execve),        CALL(exit),         CALL(exit_group), CALL(faccessat),
    CALL(faccessat2),   CALL(fchmod),        CALL(fcntl),        CALL(finit_module), CALL(flock),
    CALL(fork),         CALL(fstat),         CALL(fsync),        CALL(ftruncate),  CALL(getcwd),
    CALL(getdents64),   CALL(getpid),        CALL(getppid),      CALL(getrandom),  CALL(gettid),
    CALL(getuid),       CALL(init_module),   CALL(ioctl),        CALL(kill),       CALL(link),
    CALL(lseek),        CALL(lstat),         CALL(madvise),      CALL(mkdir),      CALL(mkdirat),
    CALL(mmap),         CALL(mprotect),      CALL(mremap),       CALL(munmap),     CALL(nanosleep),
    CALL(newfstatat),   CALL(open),          CALL(openat),       CALL(pipe),       CALL(pipe2),
    CALL(poll),         CALL(ppoll),         CALL(prctl),        CALL(prlimit64),  CALL(pselect6),
    CALL(read),         CALL(readlink),      CALL(readlinkat),   CALL(readv),      CALL(recvfrom),
    CALL(recvmsg),      CALL(rename),        CALL(renameat),     CALL(renameat2),  CALL(rmdir),
    CALL(rt_sigaction), CALL(rt_sigprocmask), CALL(rt_sigreturn), CALL(select),    CALL(sendmsg),
    CALL(sendto),       CALL(set_tid_address), CALL(setpgid),    CALL(setsid),     CALL(setsockopt),
    CALL(sigaltstack),  CALL(socket),        CALL(stat),         CALL(statx),      CALL(symlink),
    CALL(tgkill),       CALL(umask),         CALL(uname),        CALL(unlink),     CALL(unlinkat),
    CALL(utimensat),    CALL(vfork),         CALL(wait4),        CALL(waitid),     CALL(write),
    CALL(writev),       CALL(clock_gettime), CALL(clock_nanosleep), CALL(getsockname), CALL(connect),
};

/* What request.c calls them. */
static const char *const requests[] = { "list-links", "list-qdiscs", "set-address", "set-down", "set-qdisc", "set-up" };

#define ERROR(name) { #name, name }
static const struct name errors[] = {
    ERROR(EACCES), ERROR(EAGAIN), ERROR(EBUSY),  ERROR(EINTR),  ERROR(EINVAL), ERROR(EIO),        ERROR(ENODEV),
    ERROR(ENOENT), ERROR(ENOMEM), ERROR(ENOSPC), ERROR(ENOSYS), ERROR(EPERM),  ERROR(EOPNOTSUPP), ERROR(EROFS),
};

const char *call_name(long number)
{
    static char unknown[32];
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
        if (calls[i].number == number)
            return calls[i].text;
    snprintf(unknown, sizeof unknown, "call-%ld", number);
    return unknown;
}

int call_is_known(const char *name)
{
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
        if (strcmp(calls[i].text, name) == 0)
            return 1;
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++)
        if (strcmp(requests[i], name) == 0)
            return 1;
    return 0;
}

int errno_named(const char *name)
{
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
        if (strcmp(errors[i].text, name) == 0)
            return (int)errors[i].number;
    return 0;
}
