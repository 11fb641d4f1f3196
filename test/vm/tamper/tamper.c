/*
 * The fault injector: tamper [--log FILE] [--forks] FAULT... -- PROGRAM [ARGUMENT...]
 *
 * Runs a program and tampers with the conversation between it and the kernel, so that kernel, drivers and everything
 * else are the real ones. Standard input and output are the program's own; it ends as the program does, by a signal too.
 *
 *   refuse=CALL:ERRNO[:TEXT]  the call fails without being made; with TEXT only where the path it begins with holds it
 *   refuse-address            the kernel refuses every request to set an address
 *   lie-address, lie-down     the kernel says that it did, and nothing has changed
 *   lie-unbind, lie-unload    the same for a write to a driver's `unbind` and for delete_module(2)
 *   blind-after-address       once an address was set, the kernel lists no interfaces any more
 *   no-permanent              no interface has a permanent address
 *   kill-at=N                 SIGKILL before the N-th call, counted from the return of execve(2)
 *   kill-at=NAME[:K]          SIGKILL before the K-th call of that name (the first)
 *   kill-after=NAME[:K]       SIGKILL once it is done
 *   count                     changes nothing; `count N NAME...` in the log tells every call in order
 *
 * Each application of a fault is a line `applied FAULT` in the log, so that a fault that never struck is noticed.
 * --forks tampers with the programs that the program starts as well; numbers count its own calls alone.
 */
#include "tamper.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define EXIT_USAGE 2

static int forks;

_Noreturn void die(const char *what)
{
    perror(what);
    exit(EXIT_NOT_STARTED);
}

static int end_as(int status)
{
    if (!WIFSIGNALED(status))
        return WEXITSTATUS(status);
    signal(WTERMSIG(status), SIG_DFL);
    raise(WTERMSIG(status));
    return 128 + WTERMSIG(status);
}

/* Reads options and faults; the command behind `--`, or NULL. */
static char **arguments(char **argv)
{
    for (char **word = argv + 1; *word; word++) {
        if (strcmp(*word, "--") == 0)
            return faults_any() && word[1] ? word + 1 : NULL;
        if (strcmp(*word, "--forks") == 0)
            forks = 1;
        else if (strcmp(*word, "--log") == 0 && word[1])
            log_open(*++word);
        else if (!fault_add(*word))
            return fprintf(stderr, "tamper: no such fault: %s\n", *word), NULL;
    }
    return NULL;
}

int main(int argc, char **argv)
{
    (void)argc;
    char **command = arguments(argv);
    if (!command) {
        fputs("usage: tamper [--log FILE] [--forks] FAULT... -- PROGRAM [ARGUMENT...]\n", stderr);
        return EXIT_USAGE;
    }
    int status = trace(command, forks);
    faults_end();
    return end_as(status);
}
