/* Taking things away: a kernel module, a process. */
#include "native.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

/* unloadModule(name): refused with EWOULDBLOCK while somebody uses it; it is never torn out by force. */
static JSValue js_unload_module(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    const char *name = JS_ToCString(ctx, argv[0]);
    if (!name)
        return JS_EXCEPTION;
    long result = syscall(SYS_delete_module, name, O_NONBLOCK);
    int error = errno;
    JS_FreeCString(ctx, name);
    return result < 0 ? throw_errno(ctx, error, "") : JS_UNDEFINED;
}

/* 0 when the process has ended within the limit, else an errno; the descriptor keeps its number from being another's. */
static int kill_and_wait(int32_t pid, int32_t limit_ms)
{
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (fd < 0)
        return errno == ESRCH ? 0 : errno;
    int error = syscall(SYS_pidfd_send_signal, fd, SIGKILL, NULL, 0) < 0 && errno != ESRCH ? errno : 0;
    struct pollfd end = { .fd = fd, .events = POLLIN };
    int ready = 0;
    while (!error && (ready = poll(&end, 1, limit_ms)) < 0 && errno == EINTR)
        ;
    if (!error && ready <= 0)
        error = ready < 0 ? errno : ETIMEDOUT;
    close(fd);
    return error;
}

/* killProcess(pid, limitMs) */
static JSValue js_kill_process(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    int32_t pid, limit_ms;
    if (JS_ToInt32(ctx, &pid, argv[0]) < 0 || JS_ToInt32(ctx, &limit_ms, argv[1]) < 0)
        return JS_EXCEPTION;
    int error = kill_and_wait(pid, limit_ms);
    return error ? throw_errno(ctx, error, "") : JS_UNDEFINED;
}

void add_removal_functions(JSContext *ctx, JSValueConst target)
{
    static const JSCFunctionListEntry functions[] = {
        JS_CFUNC_DEF("unloadModule", 1, js_unload_module),
        JS_CFUNC_DEF("killProcess", 2, js_kill_process),
    };
    JS_SetPropertyFunctionList(ctx, target, functions, sizeof functions / sizeof functions[0]);
}
