/*
 * The engine's memory. A hook lives for a few milliseconds, a third of which the C library's malloc took (counted with
 * callgrind): here a block is the next piece of a large one, or one of the same size that was given back.
 */
#include "memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Sizes go in steps, and what is larger than the last one comes from malloc by itself. */
#define STEP 16
#define LARGEST 1024
#define CLASSES (LARGEST / STEP)
/* Populated at once: that is cheaper than a fault a page; the whole hook needs two or three. */
#define CHUNK (256 * 1024)
/* The watch lives long, and cycles are collected now and then; the others end before it would be worth the time. */
#define GC_THRESHOLD (4 * 1024 * 1024)

/* In front of each block, which thereby begins at a multiple of 16. */
typedef uint64_t header;

static char *next, *end;
static void *given_back[CLASSES + 1];

static size_t block_size(size_t size)
{
    return (size + sizeof(header) + STEP - 1) / STEP * STEP - sizeof(header);
}

static header *header_of(const void *block)
{
    return (header *)((char *)block - sizeof(header));
}

static size_t usable_size(const void *block)
{
    return block ? *header_of(block) : 0;
}

static size_t class_of(size_t size)
{
    return (size + sizeof(header)) / STEP;
}

static int new_chunk(void)
{
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE;
    char *chunk = mmap(NULL, CHUNK, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (chunk == MAP_FAILED)
        return -1;
    next = chunk + STEP - sizeof(header);
    end = chunk + CHUNK;
    return 0;
}

static void *take(size_t size)
{
    if ((size_t)(end - next) < size + sizeof(header) && new_chunk() < 0)
        return NULL;
    header *place = (header *)next;
    next += size + sizeof(header);
    *place = size;
    return place + 1;
}

/* Behind 16 bytes, the latter half of which is the header. */
static void *take_large(size_t size)
{
    char *place = malloc(size + STEP);
    if (!place)
        return NULL;
    *(header *)(place + STEP - sizeof(header)) = size;
    return place + STEP;
}

static void *allocate(JSMallocState *state, size_t wanted)
{
    size_t size = block_size(wanted);
    if (size < wanted || state->malloc_size + size > state->malloc_limit)
        return NULL;
    void *block;
    if (size > LARGEST) {
        block = take_large(size);
    } else if ((block = given_back[class_of(size)])) {
        given_back[class_of(size)] = *(void **)block;
    } else {
        block = take(size);
    }
    if (!block)
        return NULL;
    state->malloc_count++;
    state->malloc_size += size;
    return block;
}

static void release(JSMallocState *state, void *block)
{
    if (!block)
        return;
    size_t size = usable_size(block);
    state->malloc_count--;
    state->malloc_size -= size;
    if (size > LARGEST) {
        free((char *)block - STEP);
        return;
    }
    *(void **)block = given_back[class_of(size)];
    given_back[class_of(size)] = block;
}

static void *reallocate(JSMallocState *state, void *block, size_t wanted)
{
    size_t before = usable_size(block);
    if (wanted == 0) {
        release(state, block);
        return NULL;
    }
    if (block && wanted <= before)
        return block;
    void *larger = allocate(state, wanted);
    if (!larger)
        return NULL;
    if (block)
        memcpy(larger, block, before);
    release(state, block);
    return larger;
}

JSRuntime *memory_new_runtime(void)
{
    static const JSMallocFunctions functions = { allocate, release, reallocate, usable_size };
    JSRuntime *runtime = JS_NewRuntime2(&functions, NULL);
    if (runtime)
        JS_SetGCThreshold(runtime, GC_THRESHOLD);
    return runtime;
}
