/* What the C files of the hook's runtime share: they give JavaScript the system calls it lacks, and no policy. */
#ifndef MACVEIL_NATIVE_H
#define MACVEIL_NATIVE_H

#include <stddef.h>
#include <stdint.h>
#include "quickjs.h"

struct buffer {
    char *bytes;
    size_t length;
    size_t room;
};

/* Makes room for `more` bytes; -1 with errno ENOMEM when there is none. */
int buffer_reserve(struct buffer *buffer, size_t more);

/* Its bytes as a string; invalid UTF-8 becomes U+FFFD. */
JSValue buffer_string(JSContext *ctx, const struct buffer *buffer);

/* Throws an Error whose `code` is the errno name and whose message is `detail` (may be ""). */
JSValue throw_errno(JSContext *ctx, int error, const char *detail);

/* write(2) until all is written; -1 with errno when it is not. */
int write_all(int fd, const char *bytes, size_t length);

/* The functions of each file, added to the object that JavaScript knows as `macveilNative`. */
void add_file_functions(JSContext *ctx, JSValueConst target);
void add_path_functions(JSContext *ctx, JSValueConst target);
void add_process_functions(JSContext *ctx, JSValueConst target);
void add_lock_functions(JSContext *ctx, JSValueConst target);
void add_link_functions(JSContext *ctx, JSValueConst target);
void add_qdisc_functions(JSContext *ctx, JSValueConst target);
void add_removal_functions(JSContext *ctx, JSValueConst target);
void add_watch_functions(JSContext *ctx, JSValueConst target);
void add_guard_functions(JSContext *ctx, JSValueConst target);
void add_guard_readers(JSContext *ctx, JSValueConst target);
void add_wireless_functions(JSContext *ctx, JSValueConst target);

#endif
