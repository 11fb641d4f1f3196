/* Families of generic netlink. */
#ifndef MACVEIL_GENERIC_NETLINK_H
#define MACVEIL_GENERIC_NETLINK_H

#include "netlink.h"

/* A family's number is the type of its messages; both numbers hold as long as its module is loaded. */
struct family {
    uint16_t number;
    uint32_t group; /* the multicast group that was asked for; 0 when there is none */
};

/* Asks for a family. The kernel loads the module of an absent one: do not ask for what may be absent. */
int family_find(const char *name, const char *group, struct family *family, struct refusal *refusal);

/* Starts a request for this command of a family. */
void family_request(struct request *request, uint16_t family, uint16_t flags, uint8_t command);

/* The attributes of an answer. */
void family_attributes(const struct rtattr **table, size_t count, const struct nlmsghdr *message);

#endif
