/* Directories, links and names: one system call each. */
#include "native.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAKE_DIRECTORY, UNLINK, EXISTS };

/* makeDirectory(path), unlink(path), exists(path): by `which`. */
static JSValue js_path_call(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv, int which)
{
    (void)this_value, (void)argc;
    const char *path = JS_ToCString(ctx, argv[0]);
    if (!path)
        return JS_EXCEPTION;
    int result = which == MAKE_DIRECTORY ? mkdir(path, 0755) : which == UNLINK ? unlink(path) : access(path, F_OK);
    int error = errno;
    JS_FreeCString(ctx, path);
    if (which == EXISTS)
        return JS_NewBool(ctx, result == 0);
    return result == 0 ? JS_UNDEFINED : throw_errno(ctx, error, "");
}

static JSValue js_rename(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    const char *from = JS_ToCString(ctx, argv[0]);
    const char *to = from ? JS_ToCString(ctx, argv[1]) : NULL;
    JSValue result = JS_UNDEFINED;
    if (!to)
        result = JS_EXCEPTION;
    else if (rename(from, to) < 0)
        result = throw_errno(ctx, errno, "");
    JS_FreeCString(ctx, to);
    JS_FreeCString(ctx, from);
    return result;
}

static JSValue js_read_link(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    char target[PATH_MAX];
    const char *path = JS_ToCString(ctx, argv[0]);
    if (!path)
        return JS_EXCEPTION;
    ssize_t length = readlink(path, target, sizeof target);
    int error = errno;
    JS_FreeCString(ctx, path);
    return length < 0 ? throw_errno(ctx, error, "") : JS_NewStringLen(ctx, target, (size_t)length);
}

/* listDirectory(path): all names but `.` and `..`, in no order. */
static JSValue js_list_directory(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    const char *path = JS_ToCString(ctx, argv[0]);
    if (!path)
        return JS_EXCEPTION;
    DIR *directory = opendir(path);
    int error = errno;
    JS_FreeCString(ctx, path);
    if (!directory)
        return throw_errno(ctx, error, "");
    JSValue names = JS_NewArray(ctx);
    uint32_t count = 0;
    struct dirent *entry;
    errno = 0;
    while ((entry = readdir(directory))) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            JS_SetPropertyUint32(ctx, names, count++, JS_NewString(ctx, entry->d_name));
        errno = 0;
    }
    error = errno;
    closedir(directory);
    if (error == 0)
        return names;
    JS_FreeValue(ctx, names);
    return throw_errno(ctx, error, "");
}

void add_path_functions(JSContext *ctx, JSValueConst target)
{
    static const JSCFunctionListEntry functions[] = {
        JS_CFUNC_MAGIC_DEF("makeDirectory", 1, js_path_call, MAKE_DIRECTORY),
        JS_CFUNC_MAGIC_DEF("unlink", 1, js_path_call, UNLINK),
        JS_CFUNC_MAGIC_DEF("exists", 1, js_path_call, EXISTS),
        JS_CFUNC_DEF("rename", 2, js_rename),
        JS_CFUNC_DEF("readLink", 1, js_read_link),
        JS_CFUNC_DEF("listDirectory", 1, js_list_directory),
    };
    JS_SetPropertyFunctionList(ctx, target, functions, sizeof functions / sizeof functions[0]);
}
