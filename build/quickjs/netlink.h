/* A conversation with rtnetlink: one request, its answers, and an end that is certain. */
#ifndef MACVEIL_NETLINK_H
#define MACVEIL_NETLINK_H

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stddef.h>
#include <stdint.h>

#define REQUEST_ROOM 512

struct request {
    struct nlmsghdr header;
    char room[REQUEST_ROOM];
};

/* Why a request failed: the errno, and the kernel's own words when it has some (NETLINK_EXT_ACK). */
struct refusal {
    int error;
    char words[256];
};

/* Starts a request of this type with a family header of `length` bytes; returns that header, zeroed. */
void *request_begin(struct request *request, uint16_t type, uint16_t flags, size_t length);

/* Adds an attribute; what does not fit is EMSGSIZE when the request is sent. */
void request_add(struct request *request, uint16_t type, const void *value, size_t length);

/*
 * Sends the request and calls `answer` (may be NULL) for each message until the kernel says it is done.
 * 0, or -1 with `refusal` filled; error EINTR says that a dump changed while it was read (NLM_F_DUMP_INTR).
 */
int request_run(struct request *request, struct refusal *refusal,
                void (*answer)(const struct nlmsghdr *message, void *context), void *context);

/* Reads attributes of `length` bytes at `first` into `table`, which has `count` places. */
void attributes_read(const struct rtattr **table, size_t count, const struct rtattr *first, size_t length);

#endif
