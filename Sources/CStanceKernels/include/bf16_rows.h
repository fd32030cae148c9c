#ifndef C_STANCE_KERNELS_BF16_ROWS_H
#define C_STANCE_KERNELS_BF16_ROWS_H

#include <stddef.h>
#include <stdint.h>

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

/* y[i] = x[i] for 0 <= i < count. */
typedef void st_bf16_widen_function(const uint16_t *x, float *y, ptrdiff_t count);

#endif
