#include "allocation_count.h"

#include <stddef.h>
#include <stdatomic.h>

#if defined(__GLIBC__)
#include <errno.h>

static atomic_int is_counting;
static atomic_long count;

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static void note(void) {
  if (atomic_load_explicit(&is_counting, memory_order_relaxed)) atomic_fetch_add(&count, 1);
}

void *malloc(size_t size) {
  note();
  return __libc_malloc(size);
}

void *calloc(size_t items, size_t size) {
  note();
  return __libc_calloc(items, size);
}

void *realloc(void *block, size_t size) {
  note();
  return __libc_realloc(block, size);
}

void *memalign(size_t alignment, size_t size) {
  note();
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  note();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  note();
  void *found = __libc_memalign(alignment, size);
  if (!found) return ENOMEM;
  *block = found;
  return 0;
}

int st_can_count_allocations(void) { return 1; }

void st_begin_counting_allocations(void) {
  atomic_store(&count, 0);
  atomic_store(&is_counting, 1);
}

long st_end_counting_allocations(void) {
  atomic_store(&is_counting, 0);
  return atomic_load(&count);
}
#else
int st_can_count_allocations(void) { return 0; }
void st_begin_counting_allocations(void) {}
long st_end_counting_allocations(void) { return 0; }
#endif
