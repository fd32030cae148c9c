#ifndef C_STANCE_KERNELS_U8_ELEMENTWISE_H
#define C_STANCE_KERNELS_U8_ELEMENTWISE_H

#include <stddef.h>
#include <stdint.h>

#include "u8_output.h"

/*
 * Operators on bytes, element by element or channel by channel. Elements are unsigned: an `int8` is
 * xor-ed with `flip` = 0x80 when it is read and written, and zero points are those of the unsigned
 * numbers. Nothing is read or written beyond `count` elements. y may be an operand.
 */

/* y[i] = clamp(((bias + a[i] * a_factor + b[i] * b_factor) >> shift) + zero_point) */
typedef struct {
  int32_t a_factor, b_factor, bias, shift;
  int32_t zero_point, lowest, highest;
  uint8_t flip;
} st_u8_sum_terms;

/* a_step, b_step: 1, or 0 where the operand is one element. */
typedef void st_u8_sum(const uint8_t *a, ptrdiff_t a_step, const uint8_t *b, ptrdiff_t b_step,
                       uint8_t *y, ptrdiff_t count, const st_u8_sum_terms *terms);

/* y[i] = output((a[i] - a_zero_point) * (b[i] - b_zero_point)) */
typedef struct {
  int32_t a_zero_point, b_zero_point;
  float scale;
  uint8_t input_flip;
  st_u8_output output;
} st_u8_product_terms;

typedef void st_u8_product(const uint8_t *a, ptrdiff_t a_step, const uint8_t *b, ptrdiff_t b_step,
                           uint8_t *y, ptrdiff_t count, const st_u8_product_terms *terms);

/* y[i] = output(x[i]) with `scale`; NaN becomes the largest. */
typedef void st_u8_quantize(const float *x, float scale, uint8_t *y, ptrdiff_t count,
                            const st_u8_output *output);

/* y[i] = ((x[i] ^ flip) - zero_point) * scale */
typedef void st_u8_dequantize(const uint8_t *x, uint8_t flip, int32_t zero_point, float scale,
                              float *y, ptrdiff_t count);

/*
 * y[i] = (v * 2^11 + 2^21) >> 22 between four pixels: horizontally first, weights of 11 bits.
 * corners: top left, top right, bottom left, bottom right.
 */
typedef void st_u8_interpolate(const uint8_t *const corners[4], int32_t horizontal,
                               int32_t vertical, uint8_t flip, uint8_t *y, ptrdiff_t count);

/* y[i] = max(y[i], x[i]), elements as they are stored, unsigned after flipping. */
typedef void st_u8_maximum(const uint8_t *x, uint8_t flip, uint8_t *y, ptrdiff_t count);

/* sums[i] += x[i] ^ flip */
typedef void st_u8_accumulate(const uint8_t *x, uint8_t flip, int32_t *sums, ptrdiff_t count);

/* y[i] = table[x[i]], of 256 entries. */
typedef void st_u8_lookup(const uint8_t *x, const uint8_t *table, uint8_t *y, ptrdiff_t count);

/*
 * Each of the `inner` columns' first row with its largest element, of 1 row and column or more:
 * x[row][column] ^ flip is compared.
 * With flip ^ 0xff, the smallest. work: 2 * (inner + 255) bytes.
 */
typedef void st_u8_extremum(const uint8_t *x, uint8_t flip, ptrdiff_t row_count, ptrdiff_t inner,
                            int32_t *rows, uint8_t *work);

/* X(instruction set, suffix, on which architecture) */
#define ST_U8_ELEMENTWISE_VARIANTS(X)      \
  X("scalar", scalar, )                    \
  X("avx2", avx2, ST_X86_64)               \
  X("avx512", avx512, ST_X86_64)

typedef struct {
  const char *instruction_set;
  st_u8_sum *sum;               /* these null where the architecture is another */
  st_u8_product *product;
  st_u8_quantize *quantize;
  st_u8_dequantize *dequantize;
  st_u8_interpolate *interpolate;
  st_u8_maximum *maximum;
  st_u8_accumulate *accumulate;
  st_u8_lookup *lookup;
  st_u8_extremum *extremum;
} st_u8_elementwise_variant;

const st_u8_elementwise_variant *st_u8_elementwise_variants(int32_t *count);

st_u8_lookup st_u8_lookup__scalar;

#endif
