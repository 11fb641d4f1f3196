/* run(): what JavaScript asks of a child process, and what it gets back. */
#include "child.h"

#include <stdlib.h>
#include <sys/wait.h>

static JSValue result_of(JSContext *ctx, struct child *child)
{
    JSValue result = JS_NewObject(ctx);
    int normal = child->reaped && !child->timed_out && WIFEXITED(child->status);
    static const char *const names[] = { "stdout", "stderr" };
    for (int i = 0; i < 2; i++)
        JS_SetPropertyStr(ctx, result, names[i], buffer_string(ctx, &child->output[i]));
    JS_SetPropertyStr(ctx, result, "status",
                      normal ? JS_NewInt32(ctx, WEXITSTATUS(child->status)) : JS_NULL);
    JS_SetPropertyStr(ctx, result, "timedOut", JS_NewBool(ctx, child->timed_out));
    return result;
}

static void free_strings(JSContext *ctx, char **strings)
{
    for (char **one = strings; *one; one++)
        JS_FreeCString(ctx, *one);
    free(strings);
}

/* The program's name and arguments as exec wants them; NULL with a pending exception when one is no string. */
static char **strings_of(JSContext *ctx, JSValueConst array)
{
    int64_t count;
    JSValue length = JS_GetPropertyStr(ctx, array, "length");
    if (JS_ToInt64(ctx, &count, length) < 0)
        return NULL;
    char **strings = calloc((size_t)count + 1, sizeof *strings);
    for (int64_t i = 0; strings && i < count; i++) {
        JSValue item = JS_GetPropertyUint32(ctx, array, (uint32_t)i);
        strings[i] = (char *)JS_ToCString(ctx, item);
        JS_FreeValue(ctx, item);
        if (!strings[i]) {
            free_strings(ctx, strings);
            return NULL;
        }
    }
    return strings;
}

/* run([program, ...args], limitMs): { status, stdout, stderr, timedOut } */
static JSValue js_run(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    int64_t limit_ms;
    if (JS_ToInt64(ctx, &limit_ms, argv[1]) < 0)
        return JS_EXCEPTION;
    char **strings = strings_of(ctx, argv[0]);
    if (!strings)
        return JS_EXCEPTION;
    struct child child = { .pipes = { -1, -1 } };
    int error = child_start(&child, strings);
    free_strings(ctx, strings);
    if (!error) {
        child_watch(&child, limit_ms);
        error = child.error;
    }
    JSValue result = error ? throw_errno(ctx, error, "") : result_of(ctx, &child);
    free(child.output[0].bytes);
    free(child.output[1].bytes);
    return result;
}

void add_process_functions(JSContext *ctx, JSValueConst target)
{
    JS_SetPropertyStr(ctx, target, "run", JS_NewCFunction(ctx, js_run, "run", 2));
}
