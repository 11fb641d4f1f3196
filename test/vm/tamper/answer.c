/* Changes what rtnetlink answers, before the program reads it: see netlink(7), rtnetlink(7). */
#include "tamper.h"

#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stddef.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>

/* A type that no attribute of an interface has; whoever reads the answer passes over it. */
static const uint16_t NOBODYS = (uint16_t)NLA_TYPE_MASK;

/* Renames the attribute wherever a message has it; both places are addresses in the program's memory. */
static int forget_attribute(pid_t pid, uint64_t at, uint64_t end, uint16_t type)
{
    struct rtattr attribute;
    int found = 0;
    for (; at + sizeof attribute <= end && peek(pid, at, &attribute, sizeof attribute); at += RTA_ALIGN(attribute.rta_len)) {
        if (attribute.rta_len < sizeof attribute)
            break;
        if (attribute.rta_type != type)
            continue;
        poke(pid, at + offsetof(struct rtattr, rta_type), &NOBODYS, sizeof NOBODYS);
        found = 1;
    }
    return found;
}

/* Only rtnetlink has messages of type RTM_NEWLINK: those of nf_tables have its subsystem's number in their upper octet. */
static int forget_in_links(pid_t pid, uint64_t at, uint64_t end, uint16_t type)
{
    struct nlmsghdr message;
    int found = 0;
    for (; at + sizeof message <= end && peek(pid, at, &message, sizeof message); at += NLMSG_ALIGN(message.nlmsg_len)) {
        if (message.nlmsg_len < sizeof message)
            break;
        if (message.nlmsg_type == RTM_NEWLINK)
            found |= forget_attribute(pid, at + NLMSG_SPACE(sizeof(struct ifinfomsg)), at + message.nlmsg_len, type);
    }
    return found;
}

int answer_forget(const struct call *call, uint16_t type)
{
    struct user_regs_struct regs;
    struct msghdr datagram;
    struct iovec part;
    if (call->number != SYS_recvmsg || ptrace(PTRACE_GETREGS, call->pid, NULL, &regs) < 0 || (long)regs.rax <= 0)
        return 0;
    if (!peek(call->pid, call->regs.rsi, &datagram, sizeof datagram) || datagram.msg_iovlen < 1 ||
        !peek(call->pid, (uint64_t)(uintptr_t)datagram.msg_iov, &part, sizeof part))
        return 0;
    uint64_t begin = (uint64_t)(uintptr_t)part.iov_base;
    return forget_in_links(call->pid, begin, begin + regs.rax, type);
}
