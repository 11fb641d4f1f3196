/* What JavaScript can ask of cfg80211: its wireless devices, of which not all are network interfaces (linux/nl80211.h). */
#include "dump.h"
#include "generic-netlink.h"

#include <linux/nl80211.h>
#include <string.h>

/* Its upper half is the number of the radio, so that a double holds it. */
static double u64_of(const struct rtattr *attribute)
{
    uint64_t value = 0;
    if (attribute && RTA_PAYLOAD(attribute) == sizeof value)
        memcpy(&value, RTA_DATA(attribute), sizeof value);
    return (double)value;
}

static void add_device(const struct nlmsghdr *message, void *context)
{
    struct dump *dump = context;
    const struct rtattr *table[NL80211_ATTR_WDEV + 1];
    if (message->nlmsg_type < NLMSG_MIN_TYPE)
        return;
    family_attributes(table, NL80211_ATTR_WDEV + 1, message);
    JSValue found = JS_NewObject(dump->ctx);
    JS_SetPropertyStr(dump->ctx, found, "wdev", JS_NewFloat64(dump->ctx, u64_of(table[NL80211_ATTR_WDEV])));
    JS_SetPropertyStr(dump->ctx, found, "radio", JS_NewUint32(dump->ctx, u32_of(table[NL80211_ATTR_WIPHY])));
    JS_SetPropertyStr(dump->ctx, found, "ifindex", JS_NewUint32(dump->ctx, u32_of(table[NL80211_ATTR_IFINDEX])));
    JS_SetPropertyStr(dump->ctx, found, "address", hex_octets(dump->ctx, table[NL80211_ATTR_MAC]));
    dump_add(dump, found);
}

/* The family's number; 0 with an exception when there is none. */
static uint16_t family(JSContext *ctx)
{
    struct family found;
    struct refusal refusal;
    if (family_find(NL80211_GENL_NAME, NL80211_MULTICAST_GROUP_CONFIG, &found, &refusal) == 0)
        return found.number;
    throw_errno(ctx, refusal.error, refusal.words);
    return 0;
}

/* wirelessDevices(): of all radios; ifindex 0 for what is no network interface. */
static JSValue js_wireless_devices(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc, (void)argv;
    struct request request;
    struct dump dump = { .ctx = ctx };
    uint16_t number = family(ctx);
    if (!number)
        return JS_EXCEPTION;
    family_request(&request, number, NLM_F_DUMP, NL80211_CMD_GET_INTERFACE);
    return dump_run(&dump, &request, add_device);
}

/* removeWirelessDevice(wdev) */
static JSValue js_remove_wireless_device(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    struct request request;
    double wdev;
    if (JS_ToFloat64(ctx, &wdev, argv[0]) < 0)
        return JS_EXCEPTION;
    uint64_t value = (uint64_t)wdev;
    uint16_t number = family(ctx);
    if (!number)
        return JS_EXCEPTION;
    family_request(&request, number, NLM_F_ACK, NL80211_CMD_DEL_INTERFACE);
    request_add(&request, NL80211_ATTR_WDEV, &value, sizeof value);
    return change(ctx, &request);
}

void add_wireless_functions(JSContext *ctx, JSValueConst target)
{
    static const JSCFunctionListEntry functions[] = {
        JS_CFUNC_DEF("wirelessDevices", 0, js_wireless_devices),
        JS_CFUNC_DEF("removeWirelessDevice", 1, js_remove_wireless_device),
    };
    JS_SetPropertyFunctionList(ctx, target, functions, sizeof functions / sizeof functions[0]);
}
