/* What nf_tables tells of chains that drop outgoing frames: tables, egress chains, and rules of one form. */
#include "dump.h"

#include <arpa/inet.h>
#include <endian.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <string.h>

#define SOURCE_OFFSET 6
#define ADDRESS_LENGTH 6
/* payload, cmp, counter, immediate */
#define EXPRESSIONS 4

static uint32_t be32_of(const struct rtattr *attribute, uint32_t otherwise)
{
    uint32_t wire;
    if (!attribute || RTA_PAYLOAD(attribute) != sizeof wire)
        return otherwise;
    memcpy(&wire, RTA_DATA(attribute), sizeof wire);
    return ntohl(wire);
}

static double be64_of(const struct rtattr *attribute)
{
    uint64_t wire = 0;
    if (attribute && RTA_PAYLOAD(attribute) == sizeof wire)
        memcpy(&wire, RTA_DATA(attribute), sizeof wire);
    return (double)be64toh(wire);
}

/* The attributes of a message, or those inside of one; an absent one has none. */
static void message_attributes(const struct rtattr **table, size_t count, const struct nlmsghdr *message)
{
    size_t start = NLMSG_SPACE(sizeof(struct nfgenmsg));
    size_t length = message->nlmsg_len > start ? message->nlmsg_len - start : 0;
    attributes_read(table, count, (const struct rtattr *)((const char *)message + start), length);
}

static void nested_attributes(const struct rtattr **table, size_t count, const struct rtattr *outer)
{
    attributes_read(table, count, outer ? RTA_DATA(outer) : NULL, outer ? RTA_PAYLOAD(outer) : 0);
}

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
    message_attributes(table, NFTA_TABLE_FLAGS + 1, message);
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
    message_attributes(table, NFTA_CHAIN_TYPE + 1, message);
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
    JS_SetPropertyStr(ctx, found, "closed", JS_NewBool(ctx, policy == NF_DROP));
    dump_add(dump, found);
}

/* The data of an expression, when it has this name. */
static int expression_data(const struct rtattr **data, size_t count, const struct rtattr *expression, const char *name)
{
    const struct rtattr *table[NFTA_EXPR_DATA + 1];
    nested_attributes(table, NFTA_EXPR_DATA + 1, expression);
    const struct rtattr *found = table[NFTA_EXPR_NAME];
    nested_attributes(data, count, table[NFTA_EXPR_DATA]);
    return found && RTA_PAYLOAD(found) == strlen(name) + 1 && strcmp(RTA_DATA(found), name) == 0;
}

static int loads_source(const struct rtattr *expression)
{
    const struct rtattr *data[NFTA_PAYLOAD_LEN + 1];
    return expression_data(data, NFTA_PAYLOAD_LEN + 1, expression, "payload") &&
           be32_of(data[NFTA_PAYLOAD_DREG], 0) == NFT_REG_1 &&
           be32_of(data[NFTA_PAYLOAD_BASE], UINT32_MAX) == NFT_PAYLOAD_LL_HEADER &&
           be32_of(data[NFTA_PAYLOAD_OFFSET], 0) == SOURCE_OFFSET && be32_of(data[NFTA_PAYLOAD_LEN], 0) == ADDRESS_LENGTH;
}

/* What is compared for equality; NULL when it is something else than an address. */
static const struct rtattr *compared_address(const struct rtattr *expression)
{
    const struct rtattr *data[NFTA_CMP_DATA + 1], *value[NFTA_DATA_VALUE + 1];
    if (!expression_data(data, NFTA_CMP_DATA + 1, expression, "cmp") || be32_of(data[NFTA_CMP_SREG], 0) != NFT_REG_1 ||
        be32_of(data[NFTA_CMP_OP], UINT32_MAX) != NFT_CMP_EQ)
        return NULL;
    nested_attributes(value, NFTA_DATA_VALUE + 1, data[NFTA_CMP_DATA]);
    const struct rtattr *address = value[NFTA_DATA_VALUE];
    return address && RTA_PAYLOAD(address) == ADDRESS_LENGTH ? address : NULL;
}

static int drops(const struct rtattr *expression)
{
    const struct rtattr *data[NFTA_IMMEDIATE_DATA + 1], *value[NFTA_DATA_VERDICT + 1], *verdict[NFTA_VERDICT_CODE + 1];
    if (!expression_data(data, NFTA_IMMEDIATE_DATA + 1, expression, "immediate") ||
        be32_of(data[NFTA_IMMEDIATE_DREG], UINT32_MAX) != NFT_REG_VERDICT)
        return 0;
    nested_attributes(value, NFTA_DATA_VERDICT + 1, data[NFTA_IMMEDIATE_DATA]);
    nested_attributes(verdict, NFTA_VERDICT_CODE + 1, value[NFTA_DATA_VERDICT]);
    return be32_of(verdict[NFTA_VERDICT_CODE], UINT32_MAX) == NF_DROP;
}

/* The address of a rule `ether saddr ADDRESS counter drop`, and its counter; NULL for a rule of any other form. */
static const struct rtattr *guarded_address(const struct rtattr *list, double *packets)
{
    const struct rtattr *one[EXPRESSIONS], *counter[NFTA_COUNTER_PACKETS + 1];
    size_t count = 0;
    int left = list ? (int)RTA_PAYLOAD(list) : 0;
    for (const struct rtattr *next = list ? RTA_DATA(list) : NULL; RTA_OK(next, left); next = RTA_NEXT(next, left))
        if (count++ < EXPRESSIONS)
            one[count - 1] = next;
    if (count != EXPRESSIONS || !loads_source(one[0]) || !drops(one[3]) ||
        !expression_data(counter, NFTA_COUNTER_PACKETS + 1, one[2], "counter"))
        return NULL;
    *packets = be64_of(counter[NFTA_COUNTER_PACKETS]);
    return compared_address(one[1]);
}

static void add_rule(const struct nlmsghdr *message, void *context)
{
    struct dump *dump = context;
    JSContext *ctx = dump->ctx;
    const struct rtattr *table[NFTA_RULE_EXPRESSIONS + 1];
    double packets = 0;
    if (!is_message(message, NFT_MSG_NEWRULE))
        return;
    message_attributes(table, NFTA_RULE_EXPRESSIONS + 1, message);
    JSValue found = JS_NewObject(ctx);
    const struct rtattr *address = guarded_address(table[NFTA_RULE_EXPRESSIONS], &packets);
    JS_SetPropertyStr(ctx, found, "table", text_of(ctx, table[NFTA_RULE_TABLE]));
    JS_SetPropertyStr(ctx, found, "chain", text_of(ctx, table[NFTA_RULE_CHAIN]));
    JS_SetPropertyStr(ctx, found, "address", hex_octets(ctx, address));
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

/* guardRules(): a rule of another form has the address "" */
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
