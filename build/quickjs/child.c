/* A child process with captured output, and a time limit that nothing in its process group outlives. */
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define READ_STEP 65536
/* As much as Node's adapter takes; a program that prints more is out of hand. */
#define OUTPUT_LIMIT (16 * 1024 * 1024)
/* A process inside an uninterruptible system call does not even die of SIGKILL: wait this long, then go on. */
#define REAP_MS 1000

static void on_child(int signal)
{
    (void)signal; /* exists only to interrupt ppoll */
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void close_pipe(int *end)
{
    if (*end >= 0)
        close(*end);
    *end = -1;
}

/* In the child, between fork and exec: only what async-signal-safe functions can do. */
static void become(char **argv, int out, int err, int report)
{
    sigset_t none;
    struct sigaction standard = { .sa_handler = SIG_DFL };
    setpgid(0, 0);
    sigaction(SIGPIPE, &standard, NULL);
    sigaction(SIGCHLD, &standard, NULL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    int in = open("/dev/null", O_RDONLY);
    if (in < 0)
        close(0); /* an initramfs without /dev yet */
    else
        dup2(in, 0);
    if (in > 2)
        close(in);
    if (dup2(out, 1) >= 0 && dup2(err, 2) >= 0)
        execvp(argv[0], argv);
    int error = errno;
    while (write(report, &error, sizeof error) < 0 && errno == EINTR)
        ;
    _exit(127);
}

int child_start(struct child *child, char **argv)
{
    int ends[3][2] = { { -1, -1 }, { -1, -1 }, { -1, -1 } };
    int error = 0;
    for (int i = 0; i < 3 && !error; i++)
        if (pipe2(ends[i], O_CLOEXEC) < 0)
            error = errno;
    if (!error && (child->pid = fork()) < 0)
        error = errno;
    if (!error && child->pid == 0)
        become(argv, ends[0][1], ends[1][1], ends[2][1]);
    for (int i = 0; i < 3; i++)
        close_pipe(&ends[i][1]);
    if (!error) {
        setpgid(child->pid, child->pid); /* also here: the kill must not come before the child's own call */
        ssize_t got;
        int failure;
        while ((got = read(ends[2][0], &failure, sizeof failure)) < 0 && errno == EINTR)
            ;
        if (got == (ssize_t)sizeof failure) {
            error = failure;
            while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
                ;
        }
    }
    close_pipe(&ends[2][0]);
    for (int i = 0; i < 2; i++) {
        if (error)
            close_pipe(&ends[i][0]);
        else
            fcntl(ends[i][0], F_SETFL, O_NONBLOCK);
        child->pipes[i] = ends[i][0];
    }
    return error;
}

static void kill_group(struct child *child)
{
    kill(-child->pid, SIGKILL);
    if (!child->reaped)
        kill(child->pid, SIGKILL);
}

static void reap(struct child *child)
{
    if (!child->reaped && waitpid(child->pid, &child->status, WNOHANG) == child->pid)
        child->reaped = 1;
}

/* Takes what the pipe holds now; closes it at its end. */
static void drain(struct child *child, int which)
{
    struct buffer *output = &child->output[which];
    while (child->pipes[which] >= 0 && !child->error) {
        if (output->length > OUTPUT_LIMIT)
            child->error = ENOBUFS;
        else if (buffer_reserve(output, READ_STEP) < 0)
            child->error = ENOMEM;
        if (child->error)
            return;
        ssize_t got = read(child->pipes[which], output->bytes + output->length, READ_STEP);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && errno == EAGAIN)
            return;
        if (got <= 0)
            close_pipe(&child->pipes[which]);
        else
            output->length += (size_t)got;
    }
}

/* Waits for output or the child's end, at most until the deadline; 0 when that has passed. */
static int wait_step(struct child *child, int64_t deadline, const sigset_t *mask)
{
    struct pollfd fds[2];
    int64_t left = deadline - now_ms();
    if (left <= 0)
        return 0;
    for (int i = 0; i < 2; i++)
        fds[i] = (struct pollfd){ .fd = child->pipes[i], .events = POLLIN };
    struct timespec limit = { .tv_sec = left / 1000, .tv_nsec = left % 1000 * 1000000 };
    int ready = ppoll(fds, 2, &limit, mask);
    if (ready < 0 && errno != EINTR)
        child->error = errno;
    for (int i = 0; i < 2; i++)
        drain(child, i);
    reap(child);
    return 1;
}

void child_watch(struct child *child, int64_t limit_ms)
{
    sigset_t blocked, before, open_mask;
    struct sigaction handler = { .sa_handler = on_child }, old;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGCHLD);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    sigaction(SIGCHLD, &handler, &old);
    open_mask = before;
    sigdelset(&open_mask, SIGCHLD);
    int64_t deadline = now_ms() + limit_ms;
    reap(child);
    while (!child->error && (!child->reaped || child->pipes[0] >= 0 || child->pipes[1] >= 0)) {
        if (wait_step(child, deadline, &open_mask))
            continue;
        child->timed_out = 1;
        break;
    }
    if (child->timed_out || child->error)
        kill_group(child);
    for (int i = 0; i < 2; i++) {
        drain(child, i);
        close_pipe(&child->pipes[i]);
    }
    deadline = now_ms() + REAP_MS;
    while (!child->reaped && wait_step(child, deadline, &open_mask))
        ;
    sigaction(SIGCHLD, &old, NULL);
    sigprocmask(SIG_SETMASK, &before, NULL);
}
