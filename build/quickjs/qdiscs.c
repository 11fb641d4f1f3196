/* What JavaScript can ask of an interface's qdiscs: which there are, and another one in a place. */
#include "dump.h"

#include <sys/socket.h>

static void add_qdisc(const struct nlmsghdr *message, void *context)
{
    struct dump *dump = context;
    const struct rtattr *table[TCA_MAX + 1];
    const struct tcmsg *info = NLMSG_DATA(message);
    if (message->nlmsg_type != RTM_NEWQDISC || message->nlmsg_len < NLMSG_LENGTH(sizeof *info))
        return;
    if (info->tcm_ifindex != dump->ifindex)
        return;
    attributes_read(table, TCA_MAX + 1, TCA_RTA(info), TCA_PAYLOAD(message));
    JSValue qdisc = JS_NewObject(dump->ctx);
    JS_SetPropertyStr(dump->ctx, qdisc, "kind", text_of(dump->ctx, table[TCA_KIND]));
    JS_SetPropertyStr(dump->ctx, qdisc, "parent", JS_NewUint32(dump->ctx, info->tcm_parent));
    JS_SetPropertyStr(dump->ctx, qdisc, "handle", JS_NewUint32(dump->ctx, info->tcm_handle));
    dump_add(dump, qdisc);
}

/* qdiscs(ifindex): the kernel tells of every interface, in each the root one first (net/sched/sch_api.c). */
static JSValue js_qdiscs(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    struct request request;
    struct dump dump = { .ctx = ctx };
    if (JS_ToInt32(ctx, &dump.ifindex, argv[0]) < 0)
        return JS_EXCEPTION;
    struct tcmsg *info = request_begin(&request, NETLINK_ROUTE, RTM_GETQDISC, NLM_F_DUMP, sizeof *info);
    info->tcm_family = AF_UNSPEC;
    info->tcm_ifindex = dump.ifindex;
    return dump_run(&dump, &request, add_qdisc);
}

/* replaceQdisc(ifindex, kind, parent, handle) */
static JSValue js_replace_qdisc(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    int32_t ifindex;
    uint32_t parent, handle;
    size_t length;
    struct request request;
    if (JS_ToInt32(ctx, &ifindex, argv[0]) < 0 || JS_ToUint32(ctx, &parent, argv[2]) < 0 ||
        JS_ToUint32(ctx, &handle, argv[3]) < 0)
        return JS_EXCEPTION;
    const char *kind = JS_ToCStringLen(ctx, &length, argv[1]);
    if (!kind)
        return JS_EXCEPTION;
    struct tcmsg *qdisc =
        request_begin(&request, NETLINK_ROUTE, RTM_NEWQDISC, NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE,
                      sizeof *qdisc);
    qdisc->tcm_family = AF_UNSPEC;
    qdisc->tcm_ifindex = ifindex;
    qdisc->tcm_parent = parent;
    qdisc->tcm_handle = handle;
    request_add(&request, TCA_KIND, kind, length + 1);
    JS_FreeCString(ctx, kind);
    return change(ctx, &request);
}

void add_qdisc_functions(JSContext *ctx, JSValueConst target)
{
    static const JSCFunctionListEntry functions[] = {
        JS_CFUNC_DEF("qdiscs", 1, js_qdiscs),
        JS_CFUNC_DEF("replaceQdisc", 4, js_replace_qdisc),
    };
    JS_SetPropertyFunctionList(ctx, target, functions, sizeof functions / sizeof functions[0]);
}
