#ifndef C_STANCE_KERNELS_BF16_WINDOWS_H
#define C_STANCE_KERNELS_BF16_WINDOWS_H

#include <stddef.h>
#include <stdint.h>

/*
 * A row of a picture between two rows, computed in float; x and y are bfloat16 (results are rounded
 * to nearest even) or float each:
 *   r[e] = top[e] + (bottom[e] - top[e]) * fraction, for 0 <= e < width * channels
 *   y[j, c] = r[lower[j] + c] + (r[upper[j] + c] - r[lower[j] + c]) * fractions[j]
 * for 0 <= j < count, 0 <= c < channels. lower and upper are elements.
 * scratch: width * channels floats, for r.
 */
typedef struct {
  const void *top, *bottom;
  int x_is_bf16;
  float fraction;
  int width;
  const int32_t *lower, *upper;
  const float *fractions;
  int count, channels;
  void *y;
  int y_is_bf16;
  float *scratch;
} st_bf16_resize;

typedef void st_bf16_resize_function(const st_bf16_resize *);

/*
 * y[r * y_stride + i] = x[r * length + i] as bfloat16, rounded to nearest even, for 0 <= r < rows,
 * 0 <= i < length; y[r * y_stride + length] = 0 where y_stride is length + 1, as it may be.
 * x: floats, or bfloat16.
 */
typedef struct {
  const void *x;
  int x_is_bf16;
  ptrdiff_t rows, length;
  uint16_t *y;
  ptrdiff_t y_stride;
} st_bf16_rows;

typedef void st_bf16_rows_function(const st_bf16_rows *);

#endif
