/* A conversation with the kernel by netlink: one request, its answers, and an end that is certain. */
#ifndef MACVEIL_NETLINK_H
#define MACVEIL_NETLINK_H

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stddef.h>
#include <stdint.h>

/* The C library's headers may lack it (linux/socket.h). */
#ifndef SOL_NETLINK
#define SOL_NETLINK 270
#endif

#define REQUEST_ROOM 4096

/* One message, or several that the kernel takes as a whole; what does not fit is EMSGSIZE when it is sent. */
struct request {
    int protocol;   /* NETLINK_ROUTE, NETLINK_NETFILTER, ... */
    size_t length;  /* of all messages; more than REQUEST_ROOM when something did not fit */
    size_t message; /* where the message that is being made begins */
    _Alignas(struct nlmsghdr) char room[REQUEST_ROOM];
};

/* Why a request failed: the errno, and the kernel's own words when it has some (NETLINK_EXT_ACK). */
struct refusal {
    int error;
    char words[256];
};

/* Starts a request of this type with a family header of `length` bytes; returns that header, zeroed. */
void *request_begin(struct request *request, int protocol, uint16_t type, uint16_t flags, size_t length);

/*
 * Starts one more message of the same request. All have one sequence number: an error of any ends the request, and so
 * does the first ack, so that only the last one may ask for it.
 */
void *request_next(struct request *request, uint16_t type, uint16_t flags, size_t length);

/* Adds an attribute to the message. */
void request_add(struct request *request, uint16_t type, const void *value, size_t length);

/* Adds a text with its final zero. */
void request_add_text(struct request *request, uint16_t type, const char *text);

/* Adds a number of 32 bits in network byte order, as nfnetlink wants it. */
void request_add_be32(struct request *request, uint16_t type, uint32_t value);

/* Opens an attribute that holds attributes: what is added until request_nest_end(request, its result) is inside. */
size_t request_nest(struct request *request, uint16_t type);
void request_nest_end(struct request *request, size_t nest);

/*
 * Sends the request and calls `answer` (may be NULL) for each message until the kernel says it is done.
 * 0, or -1 with `refusal` filled; error EINTR says that a dump changed while it was read (NLM_F_DUMP_INTR).
 */
int request_run(struct request *request, struct refusal *refusal,
                void (*answer)(const struct nlmsghdr *message, void *context), void *context);

/* Reads attributes of `length` bytes at `first` into `table`, which has `count` places. */
void attributes_read(const struct rtattr **table, size_t count, const struct rtattr *first, size_t length);

/* The attributes behind a family header of `header` bytes. */
void message_attributes(const struct rtattr **table, size_t count, const struct nlmsghdr *message, size_t header);

/* The attributes inside of one; an absent one has none. */
void nested_attributes(const struct rtattr **table, size_t count, const struct rtattr *outer);

/* A number of 32 bits in the byte order of the host; 0 when it is absent. */
uint32_t u32_of(const struct rtattr *attribute);

#endif
