/* What the files about guards share: their rules, and the numbers and nested attributes of nf_tables. */
#ifndef MACVEIL_GUARD_RULES_H
#define MACVEIL_GUARD_RULES_H

#include "netlink.h"

#define GUARD_ADDRESS_LENGTH 6

/* Adds the expressions of a rule that drops what comes from this address, inside of the open attribute. */
void rule_add_drop(struct request *request, const uint8_t *address);

/* The same of the rule that lets through what has a source. */
void rule_add_pass(struct request *request);

/* The address of a rule that drops, by its expressions, and its counter; NULL for a rule of any other form. */
const struct rtattr *rule_dropped_address(const struct rtattr *list, double *packets);

/* Whether these are the expressions of the rule that lets through. */
int rule_passes(const struct rtattr *list);

/* A number of 32 bits in network byte order; `otherwise` when it is absent. */
uint32_t be32_of(const struct rtattr *attribute, uint32_t otherwise);

#endif
