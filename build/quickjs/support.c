/* Buffers, complete writes, and errors that carry the name of an errno. */
#include "native.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define NAMED(name) { name, #name }

/* The errors the hook can meet; any other one is shown as its number. */
static const struct {
    int number;
    const char *name;
} errors[] = {
    NAMED(EPERM), NAMED(ENOENT), NAMED(ESRCH), NAMED(EINTR), NAMED(EIO), NAMED(ENXIO), NAMED(E2BIG),
    NAMED(ENOEXEC), NAMED(EBADF), NAMED(ECHILD), NAMED(EAGAIN), NAMED(ENOMEM), NAMED(EACCES), NAMED(EFAULT),
    NAMED(EBUSY), NAMED(EEXIST), NAMED(EXDEV), NAMED(ENODEV), NAMED(ENOTDIR), NAMED(EISDIR), NAMED(EINVAL),
    NAMED(ENFILE), NAMED(EMFILE), NAMED(ETXTBSY), NAMED(EFBIG), NAMED(ENOSPC), NAMED(EROFS), NAMED(EMLINK),
    NAMED(EPIPE), NAMED(ERANGE), NAMED(EDEADLK), NAMED(ENAMETOOLONG), NAMED(ENOLCK), NAMED(ENOSYS), NAMED(ENOTEMPTY),
    NAMED(ELOOP), NAMED(ENODATA), NAMED(EPROTO), NAMED(EOVERFLOW), NAMED(EMSGSIZE), NAMED(EPROTONOSUPPORT),
    NAMED(EOPNOTSUPP), NAMED(EAFNOSUPPORT), NAMED(EADDRINUSE), NAMED(EADDRNOTAVAIL), NAMED(ENETDOWN),
    NAMED(ENETUNREACH), NAMED(ENOBUFS), NAMED(ETIMEDOUT), NAMED(EALREADY), NAMED(ESTALE), NAMED(EDQUOT),
    NAMED(ERFKILL),
};

static JSValue error_code(JSContext *ctx, int error)
{
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
        if (errors[i].number == error)
            return JS_NewString(ctx, errors[i].name);
    return JS_ToString(ctx, JS_NewInt32(ctx, error));
}

JSValue throw_errno(JSContext *ctx, int error, const char *detail)
{
    JSValue thrown = JS_NewError(ctx);
    if (JS_IsException(thrown))
        return thrown;
    JS_DefinePropertyValueStr(ctx, thrown, "message", JS_NewString(ctx, detail), JS_PROP_C_W_E);
    JS_DefinePropertyValueStr(ctx, thrown, "code", error_code(ctx, error), JS_PROP_C_W_E);
    return JS_Throw(ctx, thrown);
}

int buffer_reserve(struct buffer *buffer, size_t more)
{
    if (buffer->room - buffer->length >= more)
        return 0;
    size_t room = (buffer->length + more) * 2;
    char *bytes = realloc(buffer->bytes, room);
    if (!bytes) {
        errno = ENOMEM;
        return -1;
    }
    buffer->bytes = bytes;
    buffer->room = room;
    return 0;
}

JSValue buffer_string(JSContext *ctx, const struct buffer *buffer)
{
    return JS_NewStringLen(ctx, buffer->bytes ? buffer->bytes : "", buffer->length);
}

int write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return -1;
        bytes += written;
        length -= (size_t)written;
    }
    return 0;
}
