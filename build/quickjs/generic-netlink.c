/* Families of generic netlink: see ctrl_fill_info() of net/netlink/genetlink.c. */
#include "generic-netlink.h"

#include <linux/genetlink.h>
#include <string.h>

struct search {
    const char *group;
    struct family *family;
};

void family_request(struct request *request, uint16_t family, uint16_t flags, uint8_t command)
{
    struct genlmsghdr *header = request_begin(request, NETLINK_GENERIC, family, flags, sizeof *header);
    header->cmd = command;
    header->version = 1;
}

void family_attributes(const struct rtattr **table, size_t count, const struct nlmsghdr *message)
{
    message_attributes(table, count, message, sizeof(struct genlmsghdr));
}

static uint32_t group_number(const struct rtattr *group, const char *wanted)
{
    const struct rtattr *table[CTRL_ATTR_MCAST_GRP_ID + 1];
    nested_attributes(table, CTRL_ATTR_MCAST_GRP_ID + 1, group);
    const struct rtattr *name = table[CTRL_ATTR_MCAST_GRP_NAME];
    int found = name && RTA_PAYLOAD(name) == strlen(wanted) + 1 && strcmp(RTA_DATA(name), wanted) == 0;
    return found ? u32_of(table[CTRL_ATTR_MCAST_GRP_ID]) : 0;
}

static void take_family(const struct nlmsghdr *message, void *context)
{
    struct search *search = context;
    const struct rtattr *table[CTRL_ATTR_MCAST_GROUPS + 1];
    if (message->nlmsg_type != GENL_ID_CTRL)
        return;
    family_attributes(table, CTRL_ATTR_MCAST_GROUPS + 1, message);
    const struct rtattr *id = table[CTRL_ATTR_FAMILY_ID], *groups = table[CTRL_ATTR_MCAST_GROUPS];
    if (id && RTA_PAYLOAD(id) == sizeof search->family->number)
        memcpy(&search->family->number, RTA_DATA(id), sizeof search->family->number);
    int left = groups ? (int)RTA_PAYLOAD(groups) : 0;
    for (const struct rtattr *one = groups ? RTA_DATA(groups) : NULL; RTA_OK(one, left); one = RTA_NEXT(one, left))
        if (search->family->group == 0)
            search->family->group = group_number(one, search->group);
}

int family_find(const char *name, const char *group, struct family *family, struct refusal *refusal)
{
    struct request request;
    struct search search = { group, family };
    memset(family, 0, sizeof *family);
    family_request(&request, GENL_ID_CTRL, NLM_F_ACK, CTRL_CMD_GETFAMILY);
    request_add_text(&request, CTRL_ATTR_FAMILY_NAME, name);
    return request_run(&request, refusal, take_family, &search);
}
