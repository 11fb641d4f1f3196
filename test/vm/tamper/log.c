/* The log of what was applied: each line in one write, for several processes may share the file. */
#include "tamper.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CALLS_SIZE (1 << 20)

static int descriptor = -1;
static char calls[CALLS_SIZE];
static size_t calls_length;
static size_t calls_count;

void log_open(const char *path)
{
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (descriptor < 0)
        die(path);
}

static void log_line(const char *text, size_t length)
{
    if (descriptor >= 0 && write(descriptor, text, length) != (ssize_t)length)
        die("tamper: write the log");
}

void log_applied(const struct fault *fault)
{
    char line[256];
    int length = snprintf(line, sizeof line, "applied %s\n", fault->spec);
    log_line(line, (size_t)length < sizeof line ? (size_t)length : sizeof line);
}

void log_count_call(const char *name)
{
    calls_count++;
    if (calls_length + strlen(name) + 2 < sizeof calls)
        calls_length += (size_t)sprintf(calls + calls_length, " %s", name);
}

void log_count(void)
{
    char *line = malloc(calls_length + 64);
    if (!line)
        die("tamper");
    int length = sprintf(line, "count %zu%s\n", calls_count, calls);
    log_line(line, (size_t)length);
    free(line);
}
