/* Recognises requests to rtnetlink: see netlink(7), rtnetlink(7). */
#include "tamper.h"

#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>

/* IFF_UP of linux/if.h, which does not go together with the C library's own header. */
#define LINK_UP 0x1
/* The hook's requests are shorter. */
#define REQUEST_SIZE 1024

static const char *link_change(struct call *call, const char *bytes, size_t length)
{
    const struct ifinfomsg *info = NLMSG_DATA((const struct nlmsghdr *)bytes);
    const struct rtattr *one = IFLA_RTA(info);
    int left = (int)(length - NLMSG_LENGTH(sizeof *info));
    for (; RTA_OK(one, left); one = RTA_NEXT(one, left))
        if (one->rta_type == IFLA_ADDRESS) {
            call->request.attribute = call->regs.rsi + (uint64_t)((const char *)one - bytes);
            return "set-address";
        }
    if (info->ifi_change & LINK_UP)
        return info->ifi_flags & LINK_UP ? "set-up" : "set-down";
    return NULL;
}

static const char *meaning(struct call *call, const char *bytes, size_t length)
{
    const struct nlmsghdr *header = (const struct nlmsghdr *)bytes;
    switch (header->nlmsg_type) {
    case RTM_SETLINK:
        return length < NLMSG_LENGTH(sizeof(struct ifinfomsg)) ? NULL : link_change(call, bytes, length);
    case RTM_GETLINK:
        return "list-links";
    case RTM_GETQDISC:
        return "list-qdiscs";
    case RTM_NEWQDISC:
        return "set-qdisc";
    default:
        return NULL;
    }
}

void request_read(struct call *call)
{
    _Alignas(struct nlmsghdr) char bytes[REQUEST_SIZE];
    sa_family_t family = AF_UNSPEC;
    size_t length = call->regs.rdx;
    if (call->number != SYS_sendto || length < sizeof(struct nlmsghdr) || length > sizeof bytes)
        return;
    if (!call->regs.r8 || !peek(call->pid, call->regs.r8, &family, sizeof family) || family != AF_NETLINK)
        return;
    if (!peek(call->pid, call->regs.rsi, bytes, length))
        return;
    const char *name = meaning(call, bytes, length);
    if (!name)
        return;
    call->name = name;
    call->request.header = call->regs.rsi + NLMSG_HDRLEN;
}
