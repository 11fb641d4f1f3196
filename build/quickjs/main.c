/*
 * The hook's process: a JavaScript context with only what the hook needs, the bytecode, and an exit code that says
 * "internal error" (70, EX_SOFTWARE of sysexits.h) unless the program itself chose one.
 */
#include "memory.h"
#include "native.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_INTERNAL 70
/* udev and initramfs environments may have no PATH; the places where Debian, Fedora and Arch keep system programs. */
#define STANDARD_PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

extern const uint8_t hook_bytecode[];
extern const uint32_t hook_bytecode_size;

/* kmsg(record): one write is one record; the file is opened anew since its rate limit counts per open file. */
static int log_record(const char *record, size_t length)
{
    int fd = open("/dev/kmsg", O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return -1;
    ssize_t written = write(fd, record, length);
    int error = errno;
    close(fd);
    errno = error;
    return written < 0 ? -1 : 0;
}

static JSValue js_kmsg(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    size_t length;
    const char *record = JS_ToCStringLen(ctx, &length, argv[0]);
    if (!record)
        return JS_EXCEPTION;
    int failed = log_record(record, length) < 0;
    int error = errno;
    JS_FreeCString(ctx, record);
    return failed ? throw_errno(ctx, error, "") : JS_UNDEFINED;
}

/* environment(name): undefined when it is not set */
static JSValue js_environment(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    const char *name = JS_ToCString(ctx, argv[0]);
    if (!name)
        return JS_EXCEPTION;
    const char *value = getenv(name);
    JS_FreeCString(ctx, name);
    return value ? JS_NewString(ctx, value) : JS_UNDEFINED;
}

static JSValue js_exit(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    int32_t code;
    if (JS_ToInt32(ctx, &code, argv[0]) < 0)
        return JS_EXCEPTION;
    _exit(code);
}

static JSContext *make_context(void)
{
    JSRuntime *runtime = memory_new_runtime();
    JSContext *ctx = runtime ? JS_NewContextRaw(runtime) : NULL;
    if (!ctx)
        return NULL;
    JS_AddIntrinsicBaseObjects(ctx);
    JS_AddIntrinsicRegExp(ctx);
    JS_AddIntrinsicJSON(ctx);
    JS_AddIntrinsicMapSet(ctx);
    JS_AddIntrinsicTypedArrays(ctx);
    return ctx;
}

static void add_native(JSContext *ctx, int argc, char **argv)
{
    JSValue native = JS_NewObject(ctx);
    JSValue arguments = JS_NewArray(ctx);
    JSValue global = JS_GetGlobalObject(ctx);
    for (int i = 1; i < argc; i++)
        JS_SetPropertyUint32(ctx, arguments, (uint32_t)i - 1, JS_NewString(ctx, argv[i]));
    JS_SetPropertyStr(ctx, native, "args", arguments);
    JS_SetPropertyStr(ctx, native, "pid", JS_NewInt32(ctx, getpid()));
    JS_SetPropertyStr(ctx, native, "kmsg", JS_NewCFunction(ctx, js_kmsg, "kmsg", 1));
    JS_SetPropertyStr(ctx, native, "environment", JS_NewCFunction(ctx, js_environment, "environment", 1));
    JS_SetPropertyStr(ctx, native, "exit", JS_NewCFunction(ctx, js_exit, "exit", 1));
    add_file_functions(ctx, native);
    add_path_functions(ctx, native);
    add_process_functions(ctx, native);
    add_lock_functions(ctx, native);
    add_link_functions(ctx, native);
    add_qdisc_functions(ctx, native);
    add_removal_functions(ctx, native);
    add_watch_functions(ctx, native);
    add_guard_functions(ctx, native);
    add_guard_readers(ctx, native);
    add_wireless_functions(ctx, native);
    JS_SetPropertyStr(ctx, global, "macveilNative", native);
    JS_FreeValue(ctx, global);
}

/* Says on standard error and in the kernel log what went wrong; what cannot be said must not hide the exit code. */
static int internal_error(const char *what, const char *detail)
{
    char record[900]; /* the kernel takes records of up to 1024 bytes, prefix included */
    int length = snprintf(record, sizeof record, "<3>macveil: internal error: %s %s\n", what, detail);
    size_t known = length < (int)sizeof record ? (size_t)length : sizeof record - 1;
    write_all(2, record + 3, known - 3);
    for (char *at = record; at < record + known - 1; at++)
        if (*at == '\n')
            *at = ' ';
    log_record(record, known);
    return EXIT_INTERNAL;
}

static int report_exception(JSContext *ctx)
{
    JSValue thrown = JS_GetException(ctx);
    JSValue stack = JS_GetPropertyStr(ctx, thrown, "stack");
    const char *what = JS_ToCString(ctx, thrown);
    const char *where = JS_IsString(stack) ? JS_ToCString(ctx, stack) : NULL;
    return internal_error(what ? what : "an error without words", where ? where : "");
}

int main(int argc, char **argv)
{
    const char *path = getenv("PATH");
    if (!path || !*path)
        setenv("PATH", STANDARD_PATH, 1);
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of the call, not the end of the process */
    JSContext *ctx = make_context();
    if (!ctx)
        return internal_error("no memory", "");
    add_native(ctx, argc, argv);
    JSValue program = JS_ReadObject(ctx, hook_bytecode, hook_bytecode_size, JS_READ_OBJ_BYTECODE);
    if (JS_IsException(program) || JS_IsException(JS_EvalFunction(ctx, program)))
        return report_exception(ctx);
    return internal_error("the program ended without an exit code", "");
}
