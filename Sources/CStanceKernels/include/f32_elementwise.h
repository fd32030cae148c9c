#ifndef C_STANCE_KERNELS_F32_ELEMENTWISE_H
#define C_STANCE_KERNELS_F32_ELEMENTWISE_H

#include <stddef.h>
#include <stdint.h>

#include "f32_activation.h"

enum {
  ST_F32_ADD = 0,
  ST_F32_SUBTRACT = 1,
  ST_F32_MULTIPLY = 2,
  ST_F32_MAXIMUM = 3, /* a > b ? a : b */
  ST_F32_MINIMUM = 4, /* a < b ? a : b */
  ST_F32_DIVIDE = 5
};

/*
 * y[r, i] = min(max(a[r * a_stride + i * a_step] op b[r * b_stride + i * b_step], lowest), highest)
 *
 * for 0 <= r < rows, 0 <= i < length; y is dense. A step is 1, or 0 for an operand that stays along
 * a row. y may be a or b. NaN stays NaN.
 */
typedef struct {
  int kind;
  const float *a, *b;
  float *y;
  ptrdiff_t rows, length;
  ptrdiff_t a_stride, b_stride;
  int a_step, b_step;
  float lowest, highest;
} st_f32_binary;

typedef void st_f32_binary_function(const st_f32_binary *);

/* y[r, c] = activation(x[r, c]) for rows of `channels` elements. y may be x. */
typedef void st_f32_activate_function(
    const float *x, float *y, ptrdiff_t rows, int channels, const st_f32_activation *activation);

/*
 * y[i] = exp(x[i]), within 2 units in the last place where the result is a normal number (and
 * within 2 of the smallest denormal below); infinity above 88.73; NaN stays NaN. y may be x.
 */
typedef void st_f32_map_function(const float *x, float *y, ptrdiff_t count);

#endif
