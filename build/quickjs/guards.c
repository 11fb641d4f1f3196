/* What JavaScript can ask of nf_tables: a chain that drops an interface's outgoing frames, and which there are. */
#include "dump.h"
#include "guard-rules.h"

#include <arpa/inet.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <string.h>

static uint16_t nft(int message)
{
    return (uint16_t)(NFNL_SUBSYS_NFTABLES << 8 | message);
}

/* The first and the last message of a transaction: what is between them happens together or not at all. */
static void batch_begin(struct request *request)
{
    struct nfgenmsg *info = request_begin(request, NETLINK_NETFILTER, NFNL_MSG_BATCH_BEGIN, 0, sizeof *info);
    info->res_id = htons(NFNL_SUBSYS_NFTABLES);
}

static void batch_end(struct request *request)
{
    struct nfgenmsg *info = request_next(request, NFNL_MSG_BATCH_END, 0, sizeof *info);
    info->res_id = htons(NFNL_SUBSYS_NFTABLES);
}

static void next(struct request *request, int message, uint16_t flags)
{
    struct nfgenmsg *info = request_next(request, nft(message), flags, sizeof *info);
    info->nfgen_family = NFPROTO_NETDEV;
}

static void name_chain(struct request *request, const char *table, const char *chain)
{
    request_add_text(request, NFTA_CHAIN_TABLE, table);
    request_add_text(request, NFTA_CHAIN_NAME, chain);
}

/* Drops what comes from the address; without one it is the rule that lets through. */
static void add_rule(struct request *request, const char *table, const char *chain, const uint8_t *address)
{
    next(request, NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND);
    request_add_text(request, NFTA_RULE_TABLE, table);
    request_add_text(request, NFTA_RULE_CHAIN, chain);
    size_t expressions = request_nest(request, NFTA_RULE_EXPRESSIONS);
    if (address)
        rule_add_drop(request, address);
    else
        rule_add_pass(request);
    request_nest_end(request, expressions);
}

/* Made first, so that there is something to delete: deleting an absent chain would end the transaction. */
static void drop_chain(struct request *request, const char *table, const char *chain)
{
    next(request, NFT_MSG_NEWCHAIN, NLM_F_CREATE);
    name_chain(request, table, chain);
    next(request, NFT_MSG_DELCHAIN, 0);
    name_chain(request, table, chain);
}

static void add_chain(struct request *request, const char *table, const char *chain, const char *device,
                      int32_t priority)
{
    next(request, NFT_MSG_NEWCHAIN, NLM_F_CREATE | NLM_F_EXCL);
    name_chain(request, table, chain);
    size_t hook = request_nest(request, NFTA_CHAIN_HOOK);
    request_add_be32(request, NFTA_HOOK_HOOKNUM, NF_NETDEV_EGRESS);
    request_add_be32(request, NFTA_HOOK_PRIORITY, (uint32_t)priority);
    request_add_text(request, NFTA_HOOK_DEV, device);
    request_nest_end(request, hook);
    request_add_be32(request, NFTA_CHAIN_POLICY, NF_DROP);
    request_add_text(request, NFTA_CHAIN_TYPE, "filter");
}

static void add_table(struct request *request, const char *table)
{
    next(request, NFT_MSG_NEWTABLE, NLM_F_CREATE);
    request_add_text(request, NFTA_TABLE_NAME, table);
}

/* Closes the transaction: the last message that changes something asks for the answer. */
static JSValue commit(JSContext *ctx, struct request *request)
{
    if (request->length <= sizeof request->room)
        ((struct nlmsghdr *)(request->room + request->message))->nlmsg_flags |= NLM_F_ACK;
    batch_end(request);
    return change(ctx, request);
}

/* wakeTable(table): makes it, or takes its flag dormant away, which no transaction with changes of chains may do. */
static JSValue js_wake_table(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    struct request request;
    const char *table = JS_ToCString(ctx, argv[0]);
    if (!table)
        return JS_EXCEPTION;
    batch_begin(&request);
    add_table(&request, table);
    request_add_be32(&request, NFTA_TABLE_FLAGS, 0);
    JS_FreeCString(ctx, table);
    return commit(ctx, &request);
}

/*
 * setGuard(table, chain, device, priority, closed, addresses, replace): addresses is an ArrayBuffer, six octets each.
 * Without replace a chain of the name is EEXIST; with it the kernel waits until nobody uses the old one, some 10 ms.
 */
static JSValue js_set_guard(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    struct request request;
    int32_t priority;
    size_t length;
    const uint8_t *octets = JS_GetArrayBuffer(ctx, &length, argv[5]);
    if (!octets || JS_ToInt32(ctx, &priority, argv[3]) < 0)
        return JS_EXCEPTION;
    const char *table = JS_ToCString(ctx, argv[0]);
    const char *chain = table ? JS_ToCString(ctx, argv[1]) : NULL;
    const char *device = chain ? JS_ToCString(ctx, argv[2]) : NULL;
    JSValue result = JS_EXCEPTION;
    if (device) {
        batch_begin(&request);
        add_table(&request, table);
        if (JS_ToBool(ctx, argv[6]))
            drop_chain(&request, table, chain);
        add_chain(&request, table, chain, device, priority);
        for (size_t at = 0; at + GUARD_ADDRESS_LENGTH <= length; at += GUARD_ADDRESS_LENGTH)
            add_rule(&request, table, chain, octets + at);
        if (!JS_ToBool(ctx, argv[4]))
            add_rule(&request, table, chain, NULL);
        result = commit(ctx, &request);
    }
    JS_FreeCString(ctx, device);
    JS_FreeCString(ctx, chain);
    JS_FreeCString(ctx, table);
    return result;
}

/* removeGuard(table, chain): ENOENT when there is no such table or chain. */
static JSValue js_remove_guard(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    struct request request;
    const char *table = JS_ToCString(ctx, argv[0]);
    const char *chain = table ? JS_ToCString(ctx, argv[1]) : NULL;
    JSValue result = JS_EXCEPTION;
    if (chain) {
        batch_begin(&request);
        next(&request, NFT_MSG_DELCHAIN, 0);
        name_chain(&request, table, chain);
        result = commit(ctx, &request);
    }
    JS_FreeCString(ctx, chain);
    JS_FreeCString(ctx, table);
    return result;
}

void add_guard_functions(JSContext *ctx, JSValueConst target)
{
    static const JSCFunctionListEntry functions[] = {
        JS_CFUNC_DEF("wakeTable", 1, js_wake_table),
        JS_CFUNC_DEF("setGuard", 7, js_set_guard),
        JS_CFUNC_DEF("removeGuard", 2, js_remove_guard),
    };
    JS_SetPropertyFunctionList(ctx, target, functions, sizeof functions / sizeof functions[0]);
}
