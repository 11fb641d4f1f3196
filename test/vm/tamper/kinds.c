/* The kinds of faults, one after the other. */
#include "tamper.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PATH_SIZE 4096

static int is_named(const struct call *call, const char *name)
{
    return strcmp(call->name, name) == 0;
}

static int parse_nothing(struct fault *fault, char *argument)
{
    (void)fault;
    return argument == NULL;
}

/* CALL:ERRNO[:TEXT] */
static int parse_refusal(struct fault *fault, char *argument)
{
    char *error = argument ? strchr(argument, ':') : NULL;
    if (!error)
        return 0;
    *error++ = '\0';
    char *path = strchr(error, ':');
    if (path)
        *path++ = '\0';
    fault->name = argument;
    fault->path = path;
    fault->number = errno_named(error);
    return call_is_known(argument) && fault->number > 0;
}

/* N or NAME[:K] */
static int parse_place(struct fault *fault, char *argument)
{
    char *end;
    if (!argument || !*argument)
        return 0;
    fault->number = strtol(argument, &end, 10);
    if (*end == '\0')
        return fault->number > 0;
    char *number = strchr(argument, ':');
    if (number)
        *number++ = '\0';
    fault->name = argument;
    fault->number = number ? strtol(number, NULL, 10) : 1;
    return call_is_known(argument) && fault->number > 0;
}

static int parse_name_place(struct fault *fault, char *argument)
{
    return parse_place(fault, argument) && fault->name;
}

static int has_path(const struct fault *fault, const struct call *call)
{
    char path[PATH_SIZE];
    if (!fault->path)
        return 1;
    uint64_t where = call->number == SYS_openat ? call->regs.rsi : call->regs.rdi;
    peek_text(call->pid, where, path, sizeof path);
    return strstr(path, fault->path) != NULL;
}

static void refuse(struct fault *fault, struct call *call)
{
    if (!is_named(call, fault->name) || !has_path(fault, call))
        return;
    deny(call, -fault->number);
    log_applied(fault);
}

/* The kernel itself answers: there is no such interface. */
static void refuse_address(struct fault *fault, struct call *call)
{
    static const int32_t nobody = 0x7fffffff;
    if (!is_named(call, "set-address"))
        return;
    poke(call->pid, call->request.header + offsetof(struct ifinfomsg, ifi_index), &nobody, sizeof nobody);
    log_applied(fault);
}

/* The kernel passes over attributes of type 0 (lib/nlattr.c), and so has nothing to do. */
static void lie_address(struct fault *fault, struct call *call)
{
    static const uint16_t nothing = 0;
    if (!is_named(call, "set-address"))
        return;
    poke(call->pid, call->request.attribute + offsetof(struct rtattr, rta_type), &nothing, sizeof nothing);
    log_applied(fault);
}

/* No flag is said to change, and none is set. */
static void lie_down(struct fault *fault, struct call *call)
{
    static const uint32_t nothing = 0;
    if (!is_named(call, "set-down"))
        return;
    poke(call->pid, call->request.header + offsetof(struct ifinfomsg, ifi_change), &nothing, sizeof nothing);
    poke(call->pid, call->request.header + offsetof(struct ifinfomsg, ifi_flags), &nothing, sizeof nothing);
    log_applied(fault);
}

static void lie_unbind(struct fault *fault, struct call *call)
{
    static const char end[] = "/unbind";
    char link[64], path[PATH_SIZE];
    if (call->number != SYS_write)
        return;
    snprintf(link, sizeof link, "/proc/%d/fd/%d", (int)call->pid, (int)call->regs.rdi);
    ssize_t length = readlink(link, path, sizeof path);
    size_t tail = sizeof end - 1;
    if (length < (ssize_t)tail || memcmp(path + length - tail, end, tail) != 0)
        return;
    deny(call, (long)call->regs.rdx);
    log_applied(fault);
}

static void lie_unload(struct fault *fault, struct call *call)
{
    if (call->number != SYS_delete_module)
        return;
    deny(call, 0);
    log_applied(fault);
}

static void blind_after_address(struct fault *fault, struct call *call)
{
    if (is_named(call, "set-address"))
        fault->seen = 1;
    if (!fault->seen || !is_named(call, "list-links"))
        return;
    deny(call, -ENOBUFS);
    log_applied(fault);
}

/* As of a driver that never set one: the kernel leaves the attribute out then (net/core/rtnetlink.c). */
static void no_permanent(struct fault *fault, struct call *call)
{
    if (answer_forget(call, IFLA_PERM_ADDRESS))
        log_applied(fault);
}

/* A place without a name counts every call. */
static void kill_here(struct fault *fault, struct call *call)
{
    if (fault->name && !is_named(call, fault->name))
        return;
    if (++fault->seen != fault->number)
        return;
    log_applied(fault);
    kill(call->pid, SIGKILL);
}

const struct kind kinds[] = {
    { "refuse", parse_refusal, refuse, NULL, NULL },
    { "refuse-address", parse_nothing, refuse_address, NULL, NULL },
    { "lie-address", parse_nothing, lie_address, NULL, NULL },
    { "lie-down", parse_nothing, lie_down, NULL, NULL },
    { "lie-unbind", parse_nothing, lie_unbind, NULL, NULL },
    { "lie-unload", parse_nothing, lie_unload, NULL, NULL },
    { "blind-after-address", parse_nothing, blind_after_address, NULL, NULL },
    { "no-permanent", parse_nothing, NULL, no_permanent, NULL },
    { "kill-at", parse_place, kill_here, NULL, NULL },
    { "kill-after", parse_name_place, NULL, kill_here, NULL },
    { "count", parse_nothing, NULL, NULL, log_count },
};

const size_t kinds_count = sizeof kinds / sizeof kinds[0];
