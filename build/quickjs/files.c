/* The content of files, standard output and random bytes: one system call, or one obvious loop, each. */
#include "native.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define READ_STEP 4096
#define CHECKSUM_STEP 65536
/* IEEE 802.3, 3.2.9, bits in the order in which they are sent. */
#define CRC32_POLYNOMIAL 0xedb88320
/* More than any random need of the hook; keeps a wrong count from taking the machine's memory. */
#define RANDOM_LIMIT 4096

static int read_all(int fd, struct buffer *text)
{
    for (;;) {
        if (buffer_reserve(text, READ_STEP) < 0)
            return -1;
        ssize_t got = read(fd, text->bytes + text->length, READ_STEP);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return (int)got;
        text->length += (size_t)got;
    }
}

/* readFile(path): reads to the end whatever the size says, since files of /proc claim to have none. */
static JSValue js_read_file(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    const char *path = JS_ToCString(ctx, argv[0]);
    if (!path)
        return JS_EXCEPTION;
    struct buffer text = { 0 };
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    int failed = fd < 0 || read_all(fd, &text) < 0;
    int error = errno;
    if (fd >= 0)
        close(fd);
    JS_FreeCString(ctx, path);
    JSValue result = failed ? throw_errno(ctx, error, "") : buffer_string(ctx, &text);
    free(text.bytes);
    return result;
}

static uint32_t crc32_of(uint32_t crc, const char *bytes, size_t length)
{
    static uint32_t table[256];
    for (uint32_t i = 0; !table[255] && i < 256; i++) {
        uint32_t value = i;
        for (int bit = 0; bit < 8; bit++)
            value = value >> 1 ^ (value & 1 ? CRC32_POLYNOMIAL : 0);
        table[i] = value;
    }
    for (size_t i = 0; i < length; i++)
        crc = crc >> 8 ^ table[(crc ^ (uint8_t)bytes[i]) & 0xff];
    return crc;
}

/* checksum(path): CRC-32 in hexadecimal. */
static JSValue js_checksum(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    static char piece[CHECKSUM_STEP];
    char text[sizeof "00000000"];
    uint32_t crc = UINT32_MAX;
    const char *path = JS_ToCString(ctx, argv[0]);
    if (!path)
        return JS_EXCEPTION;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    ssize_t got = fd < 0 ? -1 : 1;
    while (got > 0 || (got < 0 && fd >= 0 && errno == EINTR)) {
        got = read(fd, piece, sizeof piece);
        if (got > 0)
            crc = crc32_of(crc, piece, (size_t)got);
    }
    int error = errno;
    if (fd >= 0)
        close(fd);
    JS_FreeCString(ctx, path);
    if (got < 0)
        return throw_errno(ctx, error, "");
    snprintf(text, sizeof text, "%08x", (unsigned)~crc);
    return JS_NewString(ctx, text);
}

/* One write(2) for attributes, which must not be split; a short write counts as failed. */
static int write_once(int fd, const char *text, size_t length)
{
    ssize_t written = write(fd, text, length);
    if (written >= 0 && (size_t)written != length)
        errno = EIO;
    return written >= 0 && (size_t)written == length ? 0 : -1;
}

/* writeFile(path, text, create): with create a new file that must not exist yet, synced; else one write(2). */
static JSValue js_write_file(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    size_t length;
    int create = JS_ToBool(ctx, argv[2]);
    const char *path = JS_ToCString(ctx, argv[0]);
    const char *text = path ? JS_ToCStringLen(ctx, &length, argv[1]) : NULL;
    JSValue result = JS_UNDEFINED;
    if (!text) {
        result = JS_EXCEPTION;
    } else {
        int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | (create ? O_CREAT | O_EXCL : 0), 0644);
        int failed = fd < 0;
        if (fd >= 0 && create)
            failed = write_all(fd, text, length) < 0 || fsync(fd) < 0;
        else if (fd >= 0)
            failed = write_once(fd, text, length) < 0;
        int error = errno;
        if (fd >= 0 && close(fd) < 0 && !failed)
            failed = 1, error = errno;
        if (failed)
            result = throw_errno(ctx, error, "");
    }
    JS_FreeCString(ctx, text);
    JS_FreeCString(ctx, path);
    return result;
}

/* randomBytes(count): an ArrayBuffer; flags 0 wait until the kernel's pool is ready (getrandom(2)). */
static JSValue js_random_bytes(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    static uint8_t bytes[RANDOM_LIMIT];
    uint32_t count;
    if (JS_ToUint32(ctx, &count, argv[0]) < 0)
        return JS_EXCEPTION;
    if (count > RANDOM_LIMIT)
        return throw_errno(ctx, EINVAL, "too many random bytes asked for");
    for (size_t done = 0; done < count;) {
        ssize_t got = getrandom(bytes + done, count - done, 0);
        if (got < 0 && errno != EINTR)
            return throw_errno(ctx, errno, "");
        if (got > 0)
            done += (size_t)got;
    }
    JSValue result = JS_NewArrayBufferCopy(ctx, bytes, count);
    memset(bytes, 0, count);
    return result;
}

/* print(fd, text) */
static JSValue js_print(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    (void)this_value, (void)argc;
    int32_t fd;
    size_t length;
    if (JS_ToInt32(ctx, &fd, argv[0]) < 0)
        return JS_EXCEPTION;
    const char *text = JS_ToCStringLen(ctx, &length, argv[1]);
    if (!text)
        return JS_EXCEPTION;
    int failed = write_all(fd, text, length) < 0;
    int error = errno;
    JS_FreeCString(ctx, text);
    return failed ? throw_errno(ctx, error, "") : JS_UNDEFINED;
}

void add_file_functions(JSContext *ctx, JSValueConst target)
{
    static const JSCFunctionListEntry functions[] = {
        JS_CFUNC_DEF("readFile", 1, js_read_file),
        JS_CFUNC_DEF("checksum", 1, js_checksum),
        JS_CFUNC_DEF("writeFile", 3, js_write_file),
        JS_CFUNC_DEF("randomBytes", 1, js_random_bytes),
        JS_CFUNC_DEF("print", 2, js_print),
    };
    JS_SetPropertyFunctionList(ctx, target, functions, sizeof functions / sizeof functions[0]);
}
