/* Starting and watching one child process. */
#ifndef MACVEIL_CHILD_H
#define MACVEIL_CHILD_H

#include <sys/types.h>
#include "native.h"

struct child {
    pid_t pid;
    int pipes[2]; /* read ends of its standard output and standard error, -1 at their end */
    struct buffer output[2];
    int reaped;
    int status;
    int timed_out;
    int error; /* errno that ends the whole run, 0 when there is none */
};

/* Starts the program; 0, or the errno with which fork or exec failed. */
int child_start(struct child *child, char **argv);

/* Captures until the child has ended and nobody holds its pipes any more, or until the limit: then kills its group. */
void child_watch(struct child *child, int64_t limit_ms);

#endif
