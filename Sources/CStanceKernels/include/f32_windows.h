#ifndef C_STANCE_KERNELS_F32_WINDOWS_H
#define C_STANCE_KERNELS_F32_WINDOWS_H

#include <stddef.h>
#include <stdint.h>

/*
 * The largest element, or the average, under each window of one picture x [height, width, channels],
 * for the output pixels first_pixel..<first_pixel + pixel_count (row * out_width + column). Windows
 * are cut off at the border. y[0] is first_pixel's first channel; dense.
 *
 * The largest is that of m = `initial`, then m = m > x ? m : x in reading order; the average is
 * sum * (1 / count). Then min(max(_, lowest), highest), where NaN stays NaN.
 */
typedef struct {
  const float *x;
  int height, width, channels;
  int kernel_height, kernel_width;
  int stride_height, stride_width;
  int top, left;
  int out_width;
  int first_pixel, pixel_count;
  int is_average;
  float initial, lowest, highest;
  float *y;
} st_f32_pooling;

typedef void st_f32_pooling_function(const st_f32_pooling *);

/*
 * y[c] = scale * sum over r of x[r * channels + c], for first <= c < first + count. Sums of 64 rows
 * are added up, so that their rounding errors stay small. y[0] is channel `first`.
 */
typedef void st_f32_sum_function(
    const float *x, ptrdiff_t rows, int channels, int first, int count, float scale, float *y);

/*
 * A row of a picture stretched:
 *   y[j, c] = x[lower[j] + c] + (x[upper[j] + c] - x[lower[j] + c]) * fractions[j]
 * for 0 <= j < count, 0 <= c < channels. lower and upper are elements.
 */
typedef struct {
  const float *x;
  const int32_t *lower, *upper;
  const float *fractions;
  int count, channels;
  float *y;
} st_f32_resize;

typedef void st_f32_resize_function(const st_f32_resize *);

/* y[i] = a[i] + (b[i] - a[i]) * fraction for 0 <= i < count. y may be a or b. */
typedef void st_f32_blend_function(
    const float *a, const float *b, float fraction, ptrdiff_t count, float *y);

#endif
