/* What the files that ask netlink for JavaScript share: lists, changes, and attributes as values. */
#ifndef MACVEIL_DUMP_H
#define MACVEIL_DUMP_H

#include "native.h"
#include "netlink.h"

struct dump {
    JSContext *ctx;
    JSValue list;
    uint32_t count;
    int32_t ifindex; /* the one interface that is asked about, when the kernel tells of all */
};

/* The list that `add` makes of the kernel's answers (dump_add), or an exception. */
JSValue dump_run(struct dump *dump, struct request *request,
                 void (*add)(const struct nlmsghdr *message, void *dump));

/* Puts a value at the end of the list. */
void dump_add(struct dump *dump, JSValue value);

/* Makes one change: undefined, or an exception with the kernel's own words. */
JSValue change(JSContext *ctx, struct request *request);

/* Octets as lower-case hexadecimal joined by colons; "" when the attribute is absent. */
JSValue hex_octets(JSContext *ctx, const struct rtattr *attribute);

/* A text attribute, whose final zero is not part of it; "" when it is absent. */
JSValue text_of(JSContext *ctx, const struct rtattr *attribute);

#endif
