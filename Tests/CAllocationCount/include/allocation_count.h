#ifndef C_ALLOCATION_COUNT_H
#define C_ALLOCATION_COUNT_H

/*
 * A program that this is linked into has its own malloc, calloc, realloc and aligned allocations,
 * which count and then call the C library's. All of the program's libraries call them too.
 */

/* Whether this C library lets allocations be counted: glibc alone. */
int st_can_count_allocations(void);

/* From now on, of all threads. */
void st_begin_counting_allocations(void);

/* How many there have been since, and counts no more. */
long st_end_counting_allocations(void);

#endif
