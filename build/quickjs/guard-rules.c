/*
 * The two forms of rule that a guard has, as they are written and as they are recognised:
 *
 *   ether saddr ADDRESS counter drop
 *   ether saddr != 00:00:00:00:00:00 accept
 *
 * The second one, the last of an open guard, lets through what has a source at all. A frame of a packet socket past the qdiscs
 * may have none that can be read (its link-layer header is not marked: net/netfilter/nft_payload.c then ends the rule); it
 * comes to the end of the chain, whose policy is drop.
 */
#include "guard-rules.h"

#include <arpa/inet.h>
#include <endian.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <string.h>

/* Where an Ethernet header has its source address (linux/if_ether.h). */
#define SOURCE_OFFSET 6
/* payload, cmp, counter, immediate */
#define DROP_EXPRESSIONS 4
/* payload, cmp, immediate */
#define PASS_EXPRESSIONS 3

/* What no card sends from. */
static const uint8_t nobody[GUARD_ADDRESS_LENGTH];

/* One expression of a rule; expression_end(request, its result) closes it. */
struct expression {
    size_t element, data;
};

static struct expression expression_begin(struct request *request, const char *name)
{
    struct expression one = { .element = request_nest(request, NFTA_LIST_ELEM) };
    request_add_text(request, NFTA_EXPR_NAME, name);
    one.data = request_nest(request, NFTA_EXPR_DATA);
    return one;
}

static void expression_end(struct request *request, struct expression one)
{
    request_nest_end(request, one.data);
    request_nest_end(request, one.element);
}

/* ether saddr [!=] ADDRESS ... */
static void match_source(struct request *request, enum nft_cmp_ops operation, const uint8_t *address)
{
    struct expression payload = expression_begin(request, "payload");
    request_add_be32(request, NFTA_PAYLOAD_DREG, NFT_REG_1);
    request_add_be32(request, NFTA_PAYLOAD_BASE, NFT_PAYLOAD_LL_HEADER);
    request_add_be32(request, NFTA_PAYLOAD_OFFSET, SOURCE_OFFSET);
    request_add_be32(request, NFTA_PAYLOAD_LEN, GUARD_ADDRESS_LENGTH);
    expression_end(request, payload);
    struct expression compare = expression_begin(request, "cmp");
    request_add_be32(request, NFTA_CMP_SREG, NFT_REG_1);
    request_add_be32(request, NFTA_CMP_OP, operation);
    size_t data = request_nest(request, NFTA_CMP_DATA);
    request_add(request, NFTA_DATA_VALUE, address, GUARD_ADDRESS_LENGTH);
    request_nest_end(request, data);
    expression_end(request, compare);
}

/* ... drop, ... accept */
static void decide(struct request *request, uint32_t code)
{
    struct expression immediate = expression_begin(request, "immediate");
    request_add_be32(request, NFTA_IMMEDIATE_DREG, NFT_REG_VERDICT);
    size_t data = request_nest(request, NFTA_IMMEDIATE_DATA);
    size_t verdict = request_nest(request, NFTA_DATA_VERDICT);
    request_add_be32(request, NFTA_VERDICT_CODE, code);
    request_nest_end(request, verdict);
    request_nest_end(request, data);
    expression_end(request, immediate);
}

void rule_add_drop(struct request *request, const uint8_t *address)
{
    match_source(request, NFT_CMP_EQ, address);
    expression_end(request, expression_begin(request, "counter"));
    decide(request, NF_DROP);
}

void rule_add_pass(struct request *request)
{
    match_source(request, NFT_CMP_NEQ, nobody);
    decide(request, NF_ACCEPT);
}

uint32_t be32_of(const struct rtattr *attribute, uint32_t otherwise)
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
           be32_of(data[NFTA_PAYLOAD_OFFSET], 0) == SOURCE_OFFSET &&
           be32_of(data[NFTA_PAYLOAD_LEN], 0) == GUARD_ADDRESS_LENGTH;
}

/* The address that this operation compares with; NULL when it is another operation, or no address. */
static const struct rtattr *compared_address(const struct rtattr *expression, enum nft_cmp_ops operation)
{
    const struct rtattr *data[NFTA_CMP_DATA + 1], *value[NFTA_DATA_VALUE + 1];
    if (!expression_data(data, NFTA_CMP_DATA + 1, expression, "cmp") || be32_of(data[NFTA_CMP_SREG], 0) != NFT_REG_1 ||
        be32_of(data[NFTA_CMP_OP], UINT32_MAX) != operation)
        return NULL;
    nested_attributes(value, NFTA_DATA_VALUE + 1, data[NFTA_CMP_DATA]);
    const struct rtattr *address = value[NFTA_DATA_VALUE];
    return address && RTA_PAYLOAD(address) == GUARD_ADDRESS_LENGTH ? address : NULL;
}

static int decides(const struct rtattr *expression, uint32_t code)
{
    const struct rtattr *data[NFTA_IMMEDIATE_DATA + 1], *value[NFTA_DATA_VERDICT + 1], *verdict[NFTA_VERDICT_CODE + 1];
    if (!expression_data(data, NFTA_IMMEDIATE_DATA + 1, expression, "immediate") ||
        be32_of(data[NFTA_IMMEDIATE_DREG], UINT32_MAX) != NFT_REG_VERDICT)
        return 0;
    nested_attributes(value, NFTA_DATA_VERDICT + 1, data[NFTA_IMMEDIATE_DATA]);
    nested_attributes(verdict, NFTA_VERDICT_CODE + 1, value[NFTA_DATA_VERDICT]);
    return be32_of(verdict[NFTA_VERDICT_CODE], UINT32_MAX) == code;
}

/* The expressions of a rule, up to the room for them; how many there are. */
static size_t expressions_of(const struct rtattr *list, const struct rtattr **room, size_t size)
{
    size_t count = 0;
    int left = list ? (int)RTA_PAYLOAD(list) : 0;
    for (const struct rtattr *next = list ? RTA_DATA(list) : NULL; RTA_OK(next, left); next = RTA_NEXT(next, left))
        if (count++ < size)
            room[count - 1] = next;
    return count;
}

const struct rtattr *rule_dropped_address(const struct rtattr *list, double *packets)
{
    const struct rtattr *one[DROP_EXPRESSIONS], *counter[NFTA_COUNTER_PACKETS + 1];
    if (expressions_of(list, one, DROP_EXPRESSIONS) != DROP_EXPRESSIONS || !loads_source(one[0]) ||
        !decides(one[3], NF_DROP) || !expression_data(counter, NFTA_COUNTER_PACKETS + 1, one[2], "counter"))
        return NULL;
    *packets = be64_of(counter[NFTA_COUNTER_PACKETS]);
    return compared_address(one[1], NFT_CMP_EQ);
}

int rule_passes(const struct rtattr *list)
{
    const struct rtattr *one[PASS_EXPRESSIONS];
    if (expressions_of(list, one, PASS_EXPRESSIONS) != PASS_EXPRESSIONS || !loads_source(one[0]) ||
        !decides(one[2], NF_ACCEPT))
        return 0;
    const struct rtattr *address = compared_address(one[1], NFT_CMP_NEQ);
    return address && memcmp(RTA_DATA(address), nobody, sizeof nobody) == 0;
}
