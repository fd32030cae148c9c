#ifndef C_STANCE_KERNELS_F32_SPARSE_H
#define C_STANCE_KERNELS_F32_SPARSE_H

#include <stddef.h>
#include <stdint.h>

#include "f32_activation.h"

/*
 * Convolutions with few weights. Pixels lie in the lanes: a channel is a plane of them, in any order
 * that suits the windows, and one weight at a time multiplies a whole plane. Strides are in
 * elements. Nothing is read or written beyond what is named. A lane's bits depend neither on the
 * other lanes nor on their number.
 */

/* planes[c * plane + m] = x[m * x_stride + c] for m < pixels; `zeros` lanes behind, and all up to a
 * whole vector, are 0. */
typedef struct {
  const float *x;
  ptrdiff_t x_stride;
  int pixels, channels, zeros;
  float *planes;
  ptrdiff_t plane;
} st_f32_to_planes;

/* y[m * y_stride + n] = after(before(planes[n * plane + m]) + addend[m * addend_stride + n]). Reads
 * lanes up to a whole vector. y may be the addend. */
typedef struct {
  const float *planes;
  ptrdiff_t plane;
  int pixels, channels;
  float *y;
  ptrdiff_t y_stride;
  const float *addend; /* or NULL */
  ptrdiff_t addend_stride;
  st_f32_activation before, after;
} st_f32_from_planes;

/*
 * s[n, p] = bias[n] + sum of weights[e] * x[depths[e] * x_plane + p] over e in
 * starts[n]..<starts[n + 1].
 */
typedef struct {
  const float *x;
  ptrdiff_t x_plane;
  const int32_t *starts;
  const int32_t *depths;
  const float *weights;
  const float *bias;
} st_f32_sparse_factors;

/*
 * y[order[i] * y_plane + p] = s[i, p] for i < columns and the lanes p of `vectors` vectors. Without
 * a bias the sums begin with what is in y.
 */
typedef struct {
  st_f32_sparse_factors factors;
  int columns, vectors;
  const int32_t *order;
  float *y;
  ptrdiff_t y_plane;
} st_f32_sparse_product;

/* Rows of a picture in a plane: row i begins at first + i * pitch. `gap` lanes behind each row, and
 * a vector of lanes behind the last one, are zero. */
typedef struct {
  int first, rows, width, gap;
} st_f32_plane_rows;

/* Taps k < length at offset + k * pitch. */
typedef struct {
  int offset, length;
} st_f32_plane_taps;

enum { ST_F32_LONGEST_TAPS = 5 };

/*
 * A depthwise convolution on planes, and the sparse one before it where factors.starts is there:
 *
 *   e[c, q] = expansion(s[c, q])   or   x[c * x_plane + q]
 *   y[c * y_plane + p] = activation(bias[c] + sum over taps (t, k) of
 *                        weights[c * tap_count + i] * e[c, p + taps[t].offset + k * pitch])
 *
 * for c < channels and lanes p = i * pitch + j of i < rows, j < width, where the taps (t, k) are
 * counted by i. Lanes of y behind, less than a vector, may be overwritten. e is computed where
 * `parts` are, for `group` channels at a time, into planes of scratch, where all other lanes stay
 * what they are.
 */
typedef struct {
  st_f32_sparse_factors factors;
  st_f32_activation expansion;
  const st_f32_plane_rows *parts;
  int part_count, group;
  float *scratch;
  ptrdiff_t scratch_plane;
  int channels, rows, width, pitch;
  const st_f32_plane_taps *taps;
  int taps_count, tap_count;
  const float *weights;
  const float *bias;
  st_f32_activation activation;
  float *y;
  ptrdiff_t y_plane;
} st_f32_planes_depthwise;

typedef void st_f32_to_planes_function(const st_f32_to_planes *);
typedef void st_f32_from_planes_function(const st_f32_from_planes *);
typedef void st_f32_sparse_product_function(const st_f32_sparse_product *);
typedef void st_f32_planes_depthwise_function(const st_f32_planes_depthwise *);

typedef struct {
  st_f32_to_planes_function *to_planes;
  st_f32_from_planes_function *from_planes;
  st_f32_sparse_product_function *product;
  st_f32_planes_depthwise_function *depthwise;
} st_f32_sparse_kernels;

#endif
