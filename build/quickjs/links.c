/* What JavaScript can ask of rtnetlink: all links, and changes to one. */
#include "dump.h"

#include <errno.h>
#include <linux/if_link.h>
#include <string.h>
#include <sys/socket.h>

/* IFF_UP of linux/if.h, which does not go together with the C library's own header. */
#define LINK_UP 0x1

enum fact { IFINDEX, NAME, TYPE, ADDRESS, PERMANENT, UP, MASTER, KIND, QDISC, TX_QUEUES, TX_PACKETS, FACTS };

static JSValue kind_of(JSContext *ctx, const struct rtattr *info)
{
    const struct rtattr *table[IFLA_INFO_MAX + 1];
    if (!info)
        return JS_NewString(ctx, "");
    attributes_read(table, IFLA_INFO_MAX + 1, RTA_DATA(info), RTA_PAYLOAD(info));
    return text_of(ctx, table[IFLA_INFO_KIND]);
}

static double tx_packets_of(const struct rtattr *attribute)
{
    struct rtnl_link_stats64 stats;
    if (!attribute || RTA_PAYLOAD(attribute) < offsetof(struct rtnl_link_stats64, tx_packets) + sizeof(uint64_t))
        return 0;
    memset(&stats, 0, sizeof stats);
    memcpy(&stats, RTA_DATA(attribute),
           RTA_PAYLOAD(attribute) < sizeof stats ? RTA_PAYLOAD(attribute) : sizeof stats);
    return (double)stats.tx_packets;
}

static uint32_t number_of(const struct rtattr *attribute)
{
    uint32_t value = 0;
    if (attribute && RTA_PAYLOAD(attribute) >= sizeof value)
        memcpy(&value, RTA_DATA(attribute), sizeof value);
    return value;
}

/* The names of a link's facts, made once: a list has them again and again. */
static void set(JSContext *ctx, JSValue link, enum fact fact, JSValue value)
{
    static const char *const names[FACTS] = { "ifindex", "name", "type", "address", "permanentAddress", "up",
                                              "master", "kind", "qdisc", "txQueues", "txPackets" };
    static JSAtom atoms[FACTS];
    if (atoms[fact] == JS_ATOM_NULL)
        atoms[fact] = JS_NewAtom(ctx, names[fact]);
    JS_DefinePropertyValue(ctx, link, atoms[fact], value, JS_PROP_C_W_E);
}

static JSValue link_object(JSContext *ctx, const struct ifinfomsg *info, const struct rtattr **table)
{
    JSValue link = JS_NewObject(ctx);
    set(ctx, link, IFINDEX, JS_NewInt32(ctx, info->ifi_index));
    set(ctx, link, NAME, text_of(ctx, table[IFLA_IFNAME]));
    set(ctx, link, TYPE, JS_NewInt32(ctx, info->ifi_type));
    set(ctx, link, ADDRESS, hex_octets(ctx, table[IFLA_ADDRESS]));
    set(ctx, link, PERMANENT, hex_octets(ctx, table[IFLA_PERM_ADDRESS]));
    set(ctx, link, UP, JS_NewBool(ctx, (info->ifi_flags & LINK_UP) != 0));
    set(ctx, link, MASTER, JS_NewUint32(ctx, number_of(table[IFLA_MASTER])));
    set(ctx, link, KIND, kind_of(ctx, table[IFLA_LINKINFO]));
    set(ctx, link, QDISC, text_of(ctx, table[IFLA_QDISC]));
    set(ctx, link, TX_QUEUES, JS_NewUint32(ctx, number_of(table[IFLA_NUM_TX_QUEUES])));
    set(ctx, link, TX_PACKETS, JS_NewFloat64(ctx, tx_packets_of(table[IFLA_STATS64])));
    return link;
}

static void add_link(const struct nlmsghdr *message, void *context)
{
    struct dump *dump = context;
    const struct rtattr *table[IFLA_MAX + 1];
    const struct ifinfomsg *info = NLMSG_DATA(message);
    if (message->nlmsg_type != RTM_NEWLINK || message->nlmsg_len < NLMSG_LENGTH(sizeof *info))
        return;
    attributes_read(table, IFLA_MAX + 1, IFLA_RTA(info), IFLA_PAYLOAD(message));
    dump_add(dump, link_object(dump->ctx, info, table));
}

/* links() */
static JSValue js_links(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc, (void)argv;
    struct request request;
    struct dump dump = { .ctx = ctx };
    struct ifinfomsg *info = request_begin(&request, NETLINK_ROUTE, RTM_GETLINK, NLM_F_DUMP, sizeof *info);
    info->ifi_family = AF_UNSPEC;
    return dump_run(&dump, &request, add_link);
}

/* link(ifindex): undefined when there is no such interface */
static JSValue js_link(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    int32_t ifindex;
    struct request request;
    struct refusal refusal;
    struct dump dump = { .ctx = ctx };
    if (JS_ToInt32(ctx, &ifindex, argv[0]) < 0)
        return JS_EXCEPTION;
    struct ifinfomsg *info = request_begin(&request, NETLINK_ROUTE, RTM_GETLINK, NLM_F_ACK, sizeof *info);
    info->ifi_family = AF_UNSPEC;
    info->ifi_index = ifindex;
    dump.list = JS_NewArray(ctx);
    int failed = request_run(&request, &refusal, add_link, &dump) < 0;
    JSValue link = JS_GetPropertyUint32(ctx, dump.list, 0);
    JS_FreeValue(ctx, dump.list);
    if (!failed || refusal.error == ENODEV)
        return link;
    JS_FreeValue(ctx, link);
    return throw_errno(ctx, refusal.error, refusal.words);
}

static struct ifinfomsg *link_request(struct request *request, int32_t ifindex)
{
    struct ifinfomsg *info = request_begin(request, NETLINK_ROUTE, RTM_SETLINK, NLM_F_ACK, sizeof *info);
    info->ifi_family = AF_UNSPEC;
    info->ifi_index = ifindex;
    return info;
}

/* setAddress(ifindex, ArrayBuffer) */
static JSValue js_set_address(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    int32_t ifindex;
    size_t length;
    struct request request;
    if (JS_ToInt32(ctx, &ifindex, argv[0]) < 0)
        return JS_EXCEPTION;
    const uint8_t *octets = JS_GetArrayBuffer(ctx, &length, argv[1]);
    if (!octets)
        return JS_EXCEPTION;
    link_request(&request, ifindex);
    request_add(&request, IFLA_ADDRESS, octets, length);
    return change(ctx, &request);
}

/* setUp(ifindex, up) */
static JSValue js_set_up(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    int32_t ifindex;
    struct request request;
    if (JS_ToInt32(ctx, &ifindex, argv[0]) < 0)
        return JS_EXCEPTION;
    struct ifinfomsg *info = link_request(&request, ifindex);
    info->ifi_change = LINK_UP;
    info->ifi_flags = JS_ToBool(ctx, argv[1]) ? LINK_UP : 0;
    return change(ctx, &request);
}

void add_link_functions(JSContext *ctx, JSValueConst target)
{
    static const JSCFunctionListEntry functions[] = {
        JS_CFUNC_DEF("links", 0, js_links),
        JS_CFUNC_DEF("link", 1, js_link),
        JS_CFUNC_DEF("setAddress", 2, js_set_address),
        JS_CFUNC_DEF("setUp", 2, js_set_up),
    };
    JS_SetPropertyFunctionList(ctx, target, functions, sizeof functions / sizeof functions[0]);
}
