/* The one loop that all variants are made of. */
#ifndef C_STANCE_KERNELS_PEAK_LOOP_H
#define C_STANCE_KERNELS_PEAK_LOOP_H

#include "../common/attributes.h"
#include "peak.h"

/*
 * name            of the variant
 * target          its function attribute
 * sum_count       independent sums: at least latency times the multiply-adds of one cycle
 * sums, factors   their vector types
 * register_kind   of the factors in inline assembly
 * zero, one       vectors of these types
 * STEP(sum, a, b) the multiply-add
 * total           a float of a vector of sums
 *
 * The empty assembly hides what a and b hold, so that a * b is not computed once for all sums.
 */
#define ST_PEAK_LOOP(name, target, sum_count, sums, factors, register_kind, zero, one, STEP, total) \
  target float name(ptrdiff_t round_count) {                                                        \
    sums sum[sum_count];                                                                            \
    factors a = one, b = one;                                                                       \
    __asm__("" : "+" register_kind(b));                                                             \
    ST_UNROLL for (int i = 0; i < sum_count; i++) sum[i] = zero;                                    \
    for (ptrdiff_t round = 0; round < round_count; round++) {                                       \
      ST_UNROLL for (int i = 0; i < sum_count; i++) {                                               \
        __asm__("" : "+" register_kind(a));                                                         \
        sum[i] = STEP(sum[i], a, b);                                                                \
      }                                                                                             \
    }                                                                                               \
    float result = 0;                                                                               \
    ST_UNROLL for (int i = 0; i < sum_count; i++) result += total(sum[i]);                          \
    return result;                                                                                  \
  }

#endif
