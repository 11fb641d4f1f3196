/* Runs the program stop by stop, and shows every call to every fault: see ptrace(2). */
#include "tamper.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROCESSES 64

/* A traced process; the first one is the program itself. */
struct process {
    pid_t pid;
    int inside; /* between entry and return of a call */
    struct call call;
};

static struct process processes[PROCESSES];

static struct process *process_of(pid_t pid)
{
    struct process *unused = NULL;
    for (size_t i = 0; i < PROCESSES; i++) {
        if (processes[i].pid == pid)
            return &processes[i];
        if (!unused && !processes[i].pid)
            unused = &processes[i];
    }
    if (!unused)
        die("tamper: too many processes");
    unused->pid = pid;
    return unused;
}

static void enter(struct process *process)
{
    struct call *call = &process->call;
    memset(call, 0, sizeof *call);
    call->pid = process->pid;
    if (ptrace(PTRACE_GETREGS, call->pid, NULL, &call->regs) < 0)
        return; /* it was killed meanwhile */
    call->number = (long)call->regs.orig_rax;
    call->name = call_name(call->number);
    request_read(call);
    if (process == &processes[0])
        log_count_call(call->name);
    faults_enter(call);
}

static void leave(struct process *process)
{
    struct call *call = &process->call;
    if (call->denied && ptrace(PTRACE_GETREGS, call->pid, NULL, &call->regs) == 0) {
        call->regs.rax = (unsigned long long)call->result;
        ptrace(PTRACE_SETREGS, call->pid, NULL, &call->regs);
    }
    if (call->name)
        faults_leave(call);
}

/* What a stop means; the signal to hand on to the program. */
static int stopped(struct process *process, int status)
{
    int signal = WSTOPSIG(status);
    if (signal == (SIGTRAP | 0x80)) {
        process->inside = !process->inside;
        if (process->inside)
            enter(process);
        else
            leave(process);
        return 0;
    }
    /* Events of ptrace itself, and the stop that a followed process begins with. */
    return status >> 16 || signal == SIGSTOP ? 0 : signal;
}

/* Follows the program to its end; returns how it ended. */
static int follow(pid_t program)
{
    int status;
    for (;;) {
        pid_t pid = waitpid(-1, &status, __WALL);
        if (pid < 0)
            die("tamper: waitpid");
        struct process *process = process_of(pid);
        if (WIFSTOPPED(status)) {
            int signal = stopped(process, status);
            ptrace(PTRACE_SYSCALL, pid, NULL, (void *)(long)signal);
            continue;
        }
        if (pid == program)
            return status;
        memset(process, 0, sizeof *process);
    }
}

static pid_t start(char **command)
{
    pid_t pid = fork();
    if (pid < 0)
        die("tamper: fork");
    if (pid == 0) {
        if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
            die("tamper: ptrace");
        raise(SIGSTOP);
        execv(command[0], command);
        die(command[0]);
    }
    return pid;
}

/* Lets the program come to the return of its execve(2); what it does before is this program's own doing. */
static void await_exec(pid_t pid, int forks)
{
    int status;
    /* Killed with this program as with the one it stands for; what is followed beyond it lives on. */
    long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC |
                   (forks ? PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE : PTRACE_O_EXITKILL);
    if (waitpid(pid, &status, 0) < 0 || !WIFSTOPPED(status) ||
        ptrace(PTRACE_SETOPTIONS, pid, NULL, (void *)options) < 0)
        die("tamper: ptrace");
    ptrace(PTRACE_CONT, pid, NULL, NULL);
    if (waitpid(pid, &status, 0) < 0 || !WIFSTOPPED(status))
        exit(EXIT_NOT_STARTED);
    process_of(pid)->inside = 1;
    ptrace(PTRACE_SYSCALL, pid, NULL, NULL);
}

int trace(char **command, int forks)
{
    pid_t program = start(command);
    await_exec(program, forks);
    return follow(program);
}
