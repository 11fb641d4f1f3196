/* The engine with an allocator of its own. */
#ifndef MACVEIL_MEMORY_H
#define MACVEIL_MEMORY_H

#include "quickjs.h"

/* A runtime; NULL when there is no memory. */
JSRuntime *memory_new_runtime(void);

#endif
