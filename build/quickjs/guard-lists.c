/* What nf_tables tells of chains that drop outgoing frames: tables, egress chains, rules. */
#include "dump.h"
#include "guard-rules.h"

#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>

static int is_message(const struct nlmsghdr *message, int type)
{
    return message->nlmsg_type == (NFNL_SUBSYS_NFTABLES << 8 | type);
}

static void add_table(const struct nlmsghdr *message, void *context)
{
    struct dump *dump = context;
    const struct rtattr *table[NFTA_TABLE_FLAGS + 1];
    if (!is_message(message, NFT_MSG_NEWTABLE))
        return;
    message_attributes(table, NFTA_TABLE_FLAGS + 1, message, sizeof(struct nfgenmsg));
    JSValue found = JS_NewObject(dump->ctx);
    uint32_t flags = be32_of(table[NFTA_TABLE_FLAGS], 0);
    JS_SetPropertyStr(dump->ctx, found, "name", text_of(dump->ctx, table[NFTA_TABLE_NAME]));
    JS_SetPropertyStr(dump->ctx, found, "dormant", JS_NewBool(dump->ctx, (flags & NFT_TABLE_F_DORMANT) != 0));
    dump_add(dump, found);
}

/* Only chains with one device at the egress hook: others say nothing of outgoing frames. */
static void add_chain(const struct nlmsghdr *message, void *context)
{
    struct dump *dump = context;
    JSContext *ctx = dump->ctx;
    const struct rtattr *table[NFTA_CHAIN_TYPE + 1], *hook[NFTA_HOOK_DEV + 1];
    if (!is_message(message, NFT_MSG_NEWCHAIN))
        return;
    message_attributes(table, NFTA_CHAIN_TYPE + 1, message, sizeof(struct nfgenmsg));
    nested_attributes(hook, NFTA_HOOK_DEV + 1, table[NFTA_CHAIN_HOOK]);
    if (!hook[NFTA_HOOK_DEV] || be32_of(hook[NFTA_HOOK_HOOKNUM], UINT32_MAX) != NF_NETDEV_EGRESS)
        return;
    JSValue found = JS_NewObject(ctx);
    uint32_t priority = be32_of(hook[NFTA_HOOK_PRIORITY], 0);
    uint32_t policy = be32_of(table[NFTA_CHAIN_POLICY], NF_ACCEPT);
    JS_SetPropertyStr(ctx, found, "table", text_of(ctx, table[NFTA_CHAIN_TABLE]));
    JS_SetPropertyStr(ctx, found, "name", text_of(ctx, table[NFTA_CHAIN_NAME]));
    JS_SetPropertyStr(ctx, found, "device", text_of(ctx, hook[NFTA_HOOK_DEV]));
    JS_SetPropertyStr(ctx, found, "priority", JS_NewInt32(ctx, (int32_t)priority));
    JS_SetPropertyStr(ctx, found, "drops", JS_NewBool(ctx, policy == NF_DROP));
    dump_add(dump, found);
}

static void add_rule(const struct nlmsghdr *message, void *context)
{
    struct dump *dump = context;
    JSContext *ctx = dump->ctx;
    const struct rtattr *table[NFTA_RULE_EXPRESSIONS + 1];
    double packets = 0;
    if (!is_message(message, NFT_MSG_NEWRULE))
        return;
    message_attributes(table, NFTA_RULE_EXPRESSIONS + 1, message, sizeof(struct nfgenmsg));
    JSValue found = JS_NewObject(ctx);
    const struct rtattr *address = rule_dropped_address(table[NFTA_RULE_EXPRESSIONS], &packets);
    JS_SetPropertyStr(ctx, found, "table", text_of(ctx, table[NFTA_RULE_TABLE]));
    JS_SetPropertyStr(ctx, found, "chain", text_of(ctx, table[NFTA_RULE_CHAIN]));
    JS_SetPropertyStr(ctx, found, "address", hex_octets(ctx, address));
    JS_SetPropertyStr(ctx, found, "passes", JS_NewBool(ctx, rule_passes(table[NFTA_RULE_EXPRESSIONS])));
    JS_SetPropertyStr(ctx, found, "dropped", JS_NewFloat64(ctx, packets));
    dump_add(dump, found);
}

static JSValue list(JSContext *ctx, int message, void (*add)(const struct nlmsghdr *message, void *dump))
{
    struct request request;
    struct dump dump = { .ctx = ctx };
    struct nfgenmsg *info = request_begin(&request, NETLINK_NETFILTER, (uint16_t)(NFNL_SUBSYS_NFTABLES << 8 | message),
                                          NLM_F_DUMP, sizeof *info);
    info->nfgen_family = NFPROTO_NETDEV;
    return dump_run(&dump, &request, add);
}

/* guardTables(): those of the family netdev, as below */
static JSValue js_tables(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc, (void)argv;
    return list(ctx, NFT_MSG_GETTABLE, add_table);
}

/* guardChains() */
static JSValue js_chains(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc, (void)argv;
    return list(ctx, NFT_MSG_GETCHAIN, add_chain);
}

/* guardRules(): a rule that does not drop an address has the address "" */
static JSValue js_rules(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc, (void)argv;
    return list(ctx, NFT_MSG_GETRULE, add_rule);
}

void add_guard_readers(JSContext *ctx, JSValueConst target)
{
    static const JSCFunctionListEntry functions[] = {
        JS_CFUNC_DEF("guardTables", 0, js_tables),
        JS_CFUNC_DEF("guardChains", 0, js_chains),
        JS_CFUNC_DEF("guardRules", 0, js_rules),
    };
    JS_SetPropertyFunctionList(ctx, target, functions, sizeof functions / sizeof functions[0]);
}
