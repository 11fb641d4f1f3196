/* How a request is made: messages, and attributes inside of each other. */
#include "netlink.h"

#include <arpa/inet.h>
#include <string.h>

/* No family header is larger: ifinfomsg has 16 bytes, tcmsg 20. */
#define REQUEST_HEADER 32

/* `length` bytes at the request's end, zeroed; NULL when there is no room, which no later piece finds either. */
static void *append(struct request *request, size_t length)
{
    size_t start = NLMSG_ALIGN(request->length);
    if (start + NLMSG_ALIGN(length) > sizeof request->room) {
        request->length = sizeof request->room + 1;
        return NULL;
    }
    memset(request->room + request->length, 0, start + NLMSG_ALIGN(length) - request->length);
    request->length = start + length;
    struct nlmsghdr *header = (struct nlmsghdr *)(request->room + request->message);
    header->nlmsg_len = (uint32_t)(request->length - request->message);
    return request->room + start;
}

void *request_begin(struct request *request, int protocol, uint16_t type, uint16_t flags, size_t length)
{
    request->protocol = protocol;
    request->length = 0;
    return request_next(request, type, flags, length);
}

void *request_next(struct request *request, uint16_t type, uint16_t flags, size_t length)
{
    /* Where a message goes that does not fit: its maker writes on, and request_run() refuses the whole. */
    static char waste[NLMSG_LENGTH(REQUEST_HEADER)];
    size_t start = NLMSG_ALIGN(request->length);
    if (start < sizeof request->room)
        request->message = start;
    struct nlmsghdr *header = append(request, NLMSG_LENGTH(length));
    if (!header)
        return waste;
    header->nlmsg_len = (uint32_t)NLMSG_LENGTH(length);
    header->nlmsg_type = type;
    header->nlmsg_flags = NLM_F_REQUEST | flags;
    return NLMSG_DATA(header);
}

void request_add(struct request *request, uint16_t type, const void *value, size_t length)
{
    struct rtattr *attribute = append(request, RTA_LENGTH(length));
    if (!attribute)
        return;
    attribute->rta_type = type;
    attribute->rta_len = (unsigned short)RTA_LENGTH(length);
    if (length > 0)
        memcpy(RTA_DATA(attribute), value, length);
}

void request_add_text(struct request *request, uint16_t type, const char *text)
{
    request_add(request, type, text, strlen(text) + 1);
}

void request_add_be32(struct request *request, uint16_t type, uint32_t value)
{
    uint32_t wire = htonl(value);
    request_add(request, type, &wire, sizeof wire);
}

size_t request_nest(struct request *request, uint16_t type)
{
    size_t start = NLMSG_ALIGN(request->length);
    request_add(request, NLA_F_NESTED | type, NULL, 0);
    return start;
}

void request_nest_end(struct request *request, size_t nest)
{
    if (request->length > sizeof request->room)
        return;
    struct rtattr *attribute = (struct rtattr *)(request->room + nest);
    attribute->rta_len = (unsigned short)(request->length - nest);
}
