/* The faults of this run. */
#include "tamper.h"

#include <string.h>

#define FAULTS 16

static struct fault faults[FAULTS];
static size_t count;

int fault_add(char *text)
{
    if (count == FAULTS)
        return 0;
    struct fault *fault = &faults[count++];
    fault->spec = strdup(text);
    char *argument = strchr(text, '=');
    if (argument)
        *argument++ = '\0';
    for (size_t i = 0; i < kinds_count; i++)
        if (strcmp(kinds[i].name, text) == 0) {
            fault->kind = &kinds[i];
            return kinds[i].parse(fault, argument);
        }
    return 0;
}

int faults_any(void)
{
    return count > 0;
}

/* The first one that keeps the call from the kernel is the last one to see it. */
void faults_enter(struct call *call)
{
    for (size_t i = 0; i < count && !call->denied; i++)
        if (faults[i].kind->enter)
            faults[i].kind->enter(&faults[i], call);
}

void faults_leave(struct call *call)
{
    for (size_t i = 0; i < count; i++)
        if (faults[i].kind->leave)
            faults[i].kind->leave(&faults[i], call);
}

void faults_end(void)
{
    for (size_t i = 0; i < count; i++)
        if (faults[i].kind->end)
            faults[i].kind->end();
}
