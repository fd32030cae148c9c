/* What every set of vector operations shares. A file of kernels includes exactly one of avx512.h,
 * avx2.h, neon.h and scalar.h, which define
 *   VF_WIDTH, vf                           a vector of that many floats
 *   ST_ISA, ST_TARGET                      the instruction set's name and function attribute
 *   vf_load, vf_store                      from and to any address
 *   vf_load_first, vf_store_first          the first n elements, 0 <= n <= VF_WIDTH; others are 0
 *   vf_max(a, b) = a > b ? a : b           so that NaN in b, and b where a is NaN, come through
 *   vf_min(a, b) = a < b ? a : b
 *   vf_where_negative(x, a, b) = x < 0 ? a : b
 *   vf_multiply_add(a, b, c) = a * b + c
 *   vf_round                               to the nearest whole number, ties to even
 *   vf_power_of_two(n)                     2^n for whole n in -126...127
 *   vf_store_bf16, vf_store_bf16_first     rounded to bfloat16, ties to even
 *   vf_load_bf16, vf_load_bf16_first       in avx512.h and scalar.h alone
 */
#ifndef C_STANCE_KERNELS_VECTORS_COMMON_H
#define C_STANCE_KERNELS_VECTORS_COMMON_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define ST_INLINE static inline __attribute__((always_inline))

#define ST_JOIN_(a, b) a##b
#define ST_JOIN(a, b) ST_JOIN_(a, b)
/* The public name of a variant: ST_VARIANT(st_f32_gemm) is st_f32_gemm__avx512. */
#define ST_VARIANT(name) ST_JOIN(name##__, ST_ISA)

#if defined(__clang__)
#define ST_UNROLL _Pragma("unroll")
#else
#define ST_UNROLL _Pragma("GCC unroll 16")
#endif

/* A float, or a pair of bfloat16 that is moved as one. */
typedef float __attribute__((may_alias)) st_word;

ST_INLINE int st_smaller(int a, int b) { return a < b ? a : b; }
ST_INLINE int st_larger(int a, int b) { return a > b ? a : b; }

/* The bits of x as bfloat16, rounded to nearest, ties to even; NaN stays NaN. */
ST_INLINE uint16_t st_bf16_from_f32(float x) {
  uint32_t bits;
  memcpy(&bits, &x, 4);
  if ((bits & 0x7FFFFFFF) > 0x7F800000) return (uint16_t)(bits >> 16 | 0x40);
  return (uint16_t)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
}

ST_INLINE float st_f32_from_bf16(uint16_t x) {
  const uint32_t bits = (uint32_t)x << 16;
  float result;
  memcpy(&result, &bits, 4);
  return result;
}

#endif
