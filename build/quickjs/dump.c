/* Lists from netlink and changes by it, as JavaScript gets them. */
#include "dump.h"

#include <errno.h>
#include <string.h>

/* A machine whose links change during each of so many dumps is not at rest; the caller decides what to do then. */
#define DUMP_TRIES 20

/* Repeated while the kernel says that the list changed under our eyes, so that it is never half old. */
JSValue dump_run(struct dump *dump, struct request *request,
                 void (*add)(const struct nlmsghdr *message, void *dump))
{
    struct refusal refusal;
    for (int tries = 0; tries < DUMP_TRIES; tries++) {
        dump->list = JS_NewArray(dump->ctx);
        dump->count = 0;
        if (request_run(request, &refusal, add, dump) == 0)
            return dump->list;
        JS_FreeValue(dump->ctx, dump->list);
        if (refusal.error != EINTR)
            break;
    }
    return throw_errno(dump->ctx, refusal.error, refusal.words);
}

void dump_add(struct dump *dump, JSValue value)
{
    JS_SetPropertyUint32(dump->ctx, dump->list, dump->count++, value);
}

JSValue change(JSContext *ctx, struct request *request)
{
    struct refusal refusal;
    if (request_run(request, &refusal, NULL, NULL) == 0)
        return JS_UNDEFINED;
    return throw_errno(ctx, refusal.error, refusal.words);
}

JSValue text_of(JSContext *ctx, const struct rtattr *attribute)
{
    const char *text = attribute ? RTA_DATA(attribute) : "";
    return JS_NewStringLen(ctx, text, attribute ? strnlen(text, RTA_PAYLOAD(attribute)) : 0);
}

JSValue hex_octets(JSContext *ctx, const struct rtattr *attribute)
{
    static const char digits[] = "0123456789abcdef";
    char text[32 * 3] = "";
    size_t count = attribute ? RTA_PAYLOAD(attribute) : 0;
    const uint8_t *octets = attribute ? RTA_DATA(attribute) : NULL;
    if (count > 32)
        count = 32; /* MAX_ADDR_LEN of linux/netdevice.h */
    for (size_t i = 0; i < count; i++) {
        text[3 * i] = digits[octets[i] >> 4];
        text[3 * i + 1] = digits[octets[i] & 15];
        text[3 * i + 2] = ':';
    }
    return JS_NewStringLen(ctx, text, count ? 3 * count - 1 : 0);
}
