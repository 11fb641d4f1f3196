/* One flock(2) a process: it keeps hooks that run at the same time out of each other's way. */
#include "native.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

static int held = -1;

/* The open file with its lock, or -1 with errno; no program that is run inherits it. */
static int take(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
    if (fd < 0)
        return -1;
    int result;
    while ((result = flock(fd, LOCK_EX)) < 0 && errno == EINTR)
        ;
    if (result == 0)
        return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

/* lock(path): waits as long as another process has it; a second one would wait for ourselves. */
static JSValue js_lock(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    if (held >= 0)
        return throw_errno(ctx, EDEADLK, "");
    const char *path = JS_ToCString(ctx, argv[0]);
    if (!path)
        return JS_EXCEPTION;
    held = take(path);
    int error = errno;
    JS_FreeCString(ctx, path);
    return held < 0 ? throw_errno(ctx, error, "") : JS_UNDEFINED;
}

/* unlock() */
static JSValue js_unlock(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc, (void)argv;
    if (held < 0)
        return throw_errno(ctx, ENOLCK, "");
    close(held);
    held = -1;
    return JS_UNDEFINED;
}

void add_lock_functions(JSContext *ctx, JSValueConst target)
{
    static const JSCFunctionListEntry functions[] = {
        JS_CFUNC_DEF("lock", 1, js_lock),
        JS_CFUNC_DEF("unlock", 0, js_unlock),
    };
    JS_SetPropertyFunctionList(ctx, target, functions, sizeof functions / sizeof functions[0]);
}
