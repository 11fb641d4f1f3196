/* What the parts of the fault injector share: see tamper.c. x86-64 only. */
#ifndef TAMPER_H
#define TAMPER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/user.h>

/* What an rtnetlink request asks for, and where in the program's memory its parts are. */
struct netlink {
    uint64_t header;    /* address of the family header behind nlmsghdr; 0 when the call is no request */
    uint64_t attribute; /* address of IFLA_ADDRESS; 0 when there is none */
};

/* One system call of the traced program, from its entry to its return. */
struct call {
    pid_t pid;
    long number;
    struct user_regs_struct regs;
    const char *name; /* of the call; rtnetlink requests go by what they ask for, as `set-address` */
    struct netlink request;
    int denied; /* the kernel shall not make it; the program gets `result` */
    long result;
};

/* A fault as it was asked for on the command line. */
struct fault {
    const char *spec;
    const struct kind *kind;
    const char *name; /* of the call it is about */
    const char *path; /* a part of the path, or NULL for any */
    long number;      /* of the call to stop at, of the error, or of calls to let pass */
    int seen;
};

/* kinds.c: what a fault does; any of these but `parse` may be NULL. */
struct kind {
    const char *name;
    int (*parse)(struct fault *fault, char *argument);
    void (*enter)(struct fault *fault, struct call *call);
    void (*leave)(struct fault *fault, struct call *call);
    void (*end)(void);
};

extern const struct kind kinds[];
extern const size_t kinds_count;

/* As a shell says that it cannot start a program. */
#define EXIT_NOT_STARTED 127

/* trace.c: runs the command to its end; returns its status as waitpid(2) has it. */
int trace(char **command, int forks);

/* faults.c: one more fault, 0 when there is none of this text; then what all of them do at a call, and at the end. */
int fault_add(char *text);
int faults_any(void);
void faults_enter(struct call *call);
void faults_leave(struct call *call);
void faults_end(void);

/* names.c: NULL, -1 or 0 for what is not known. */
const char *call_name(long number);
int call_is_known(const char *name);
int errno_named(const char *name);

/* request.c: recognises what a sendto(2) asks of rtnetlink, and names the call by it. */
void request_read(struct call *call);

/* answer.c: takes an attribute out of what is told of interfaces; whether there was one. */
int answer_forget(const struct call *call, uint16_t type);

/* memory.c: the program's memory, and how a call is kept from the kernel. */
int peek(pid_t pid, uint64_t from, void *to, size_t length);
void poke(pid_t pid, uint64_t to, const void *from, size_t length);
void peek_text(pid_t pid, uint64_t from, char *to, size_t size);
void deny(struct call *call, long result);

/* log.c: lines of the file of --log, each written at once; nothing happens without one. */
void log_open(const char *path);
void log_applied(const struct fault *fault);
void log_count_call(const char *name);
void log_count(void);

_Noreturn void die(const char *what);

#endif
