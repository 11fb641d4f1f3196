/* Waiting for change, without polling: rtnetlink, nftables and cfg80211 tell of theirs, a timer of a clock that was set. */
#include "generic-netlink.h"
#include "native.h"

#include <errno.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/nl80211.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { LINKS, GUARDS, CLOCK, RADIOS, SOURCES };

static const char *const names[SOURCES] = { "links", "guards", "clock", "radios" };
static struct pollfd sources[SOURCES];
static int begun;

/* In seconds; the kernel takes times up to the year 2262 (KTIME_SEC_MAX). */
#define FAR_FUTURE 9000000000

/* There as long as cfg80211 is loaded. */
#define RADIOS_PRESENT "/sys/class/ieee80211"

#define GROUP(number) (1u << ((number) - 1))

/* A socket that hears these groups. */
static int listen_to(int protocol, uint32_t groups)
{
    struct sockaddr_nl self = { .nl_family = AF_NETLINK, .nl_groups = groups };
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
    if (fd < 0 || bind(fd, (struct sockaddr *)&self, sizeof self) == 0)
        return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

/* Never expires by itself; a clock that is set cancels it, and resuming from suspend sets the clock. */
static int arm_clock(int fd)
{
    static const struct itimerspec never = { .it_value = { .tv_sec = FAR_FUTURE } };
    return timerfd_settime(fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL);
}

static int begin(void)
{
    sources[LINKS].fd = listen_to(NETLINK_ROUTE, GROUP(RTNLGRP_LINK) | GROUP(RTNLGRP_TC));
    /* A kernel without nftables has no guards to lose. */
    sources[GUARDS].fd = listen_to(NETLINK_NETFILTER, GROUP(NFNLGRP_NFTABLES));
    sources[CLOCK].fd = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    sources[RADIOS].fd = -1;
    if (sources[LINKS].fd < 0 || sources[CLOCK].fd < 0 || arm_clock(sources[CLOCK].fd) < 0)
        return -1;
    for (int i = 0; i < SOURCES; i++)
        sources[i].events = POLLIN;
    begun = 1;
    return 0;
}

/*
 * Hears cfg80211 as long as it is there; its numbers are others when it comes back. A radio that comes is an interface that
 * comes, so that this is in time when it is done after each change of a link. 1 when it has just begun.
 */
static int hear_radios(void)
{
    struct family family;
    struct refusal refusal;
    int present = access(RADIOS_PRESENT, F_OK) == 0;
    if (present == (sources[RADIOS].fd >= 0))
        return 0;
    if (!present) {
        close(sources[RADIOS].fd);
        sources[RADIOS].fd = -1;
        return 0;
    }
    if (family_find(NL80211_GENL_NAME, NL80211_MULTICAST_GROUP_CONFIG, &family, &refusal) < 0)
        return 0;
    int fd = listen_to(NETLINK_GENERIC, 0);
    if (fd >= 0 && setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &family.group, sizeof family.group) < 0) {
        close(fd);
        fd = -1;
    }
    sources[RADIOS].fd = fd;
    return fd >= 0;
}

/* Takes all that is there; what was lost for want of room (ENOBUFS) is a change like any other. */
static void drain(struct pollfd *source)
{
    char bytes[8192];
    ssize_t got;
    do
        got = read(source->fd, bytes, sizeof bytes);
    while (got > 0 || (got < 0 && (errno == EINTR || errno == ENOBUFS)));
    if (source == &sources[CLOCK])
        arm_clock(source->fd);
}

/* waitForChange(): "begun", then each time why it returned. */
static JSValue js_wait_for_change(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc, (void)argv;
    if (!begun)
        return begin() < 0 ? throw_errno(ctx, errno, "") : JS_NewString(ctx, "begun");
    for (;;) {
        if (hear_radios())
            return JS_NewString(ctx, names[RADIOS]);
        if (poll(sources, SOURCES, -1) < 0 && errno != EINTR)
            return throw_errno(ctx, errno, "");
        for (int i = 0; i < SOURCES; i++) {
            if (!sources[i].revents)
                continue;
            drain(&sources[i]);
            return JS_NewString(ctx, names[i]);
        }
    }
}

void add_watch_functions(JSContext *ctx, JSValueConst target)
{
    JS_SetPropertyStr(ctx, target, "waitForChange",
                      JS_NewCFunction(ctx, js_wait_for_change, "waitForChange", 0));
}
