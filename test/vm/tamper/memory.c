/* The traced program's memory and registers. */
#include "tamper.h"

#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

int peek(pid_t pid, uint64_t from, void *to, size_t length)
{
    struct iovec here = { to, length }, there = { (void *)(uintptr_t)from, length };
    return process_vm_readv(pid, &here, 1, &there, 1, 0) == (ssize_t)length;
}

void poke(pid_t pid, uint64_t to, const void *from, size_t length)
{
    struct iovec here = { (void *)(uintptr_t)from, length }, there = { (void *)(uintptr_t)to, length };
    if (process_vm_writev(pid, &here, 1, &there, 1, 0) != (ssize_t)length)
        die("tamper: write to the program's memory");
}

/* Octet by octet: the text may end just before memory that is not there. */
void peek_text(pid_t pid, uint64_t from, char *to, size_t size)
{
    size_t length = 0;
    while (length + 1 < size && peek(pid, from + length, to + length, 1) && to[length])
        length++;
    to[length] = '\0';
}

/* No call has the number -1: the kernel makes none, and the result is put in place at the return. */
void deny(struct call *call, long result)
{
    call->denied = 1;
    call->result = result;
    call->regs.orig_rax = (unsigned long long)-1;
    ptrace(PTRACE_SETREGS, call->pid, NULL, &call->regs);
}
