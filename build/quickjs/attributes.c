/* Reading what netlink answers: attributes, behind family headers and inside of each other. */
#include "netlink.h"

#include <string.h>

void attributes_read(const struct rtattr **table, size_t count, const struct rtattr *first, size_t length)
{
    memset(table, 0, count * sizeof *table);
    int left = (int)length; /* signed: the last one need not end at a multiple of four */
    for (const struct rtattr *one = first; RTA_OK(one, left); one = RTA_NEXT(one, left)) {
        size_t type = one->rta_type & NLA_TYPE_MASK;
        if (type < count)
            table[type] = one;
    }
}

void message_attributes(const struct rtattr **table, size_t count, const struct nlmsghdr *message, size_t header)
{
    size_t start = NLMSG_SPACE(header);
    size_t length = message->nlmsg_len > start ? message->nlmsg_len - start : 0;
    attributes_read(table, count, (const struct rtattr *)((const char *)message + start), length);
}

void nested_attributes(const struct rtattr **table, size_t count, const struct rtattr *outer)
{
    attributes_read(table, count, outer ? RTA_DATA(outer) : NULL, outer ? RTA_PAYLOAD(outer) : 0);
}

uint32_t u32_of(const struct rtattr *attribute)
{
    uint32_t value = 0;
    if (attribute && RTA_PAYLOAD(attribute) == sizeof value)
        memcpy(&value, RTA_DATA(attribute), sizeof value);
    return value;
}
