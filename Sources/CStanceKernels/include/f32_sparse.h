#ifndef C_STANCE_KERNELS_F32_SPARSE_H
#define C_STANCE_KERNELS_F32_SPARSE_H

#include <stddef.h>
#include <stdint.h>

#include "f32_activation.h"

/*
 * Multiplication with few weights:
 *
 *   s[m, n] = bias[n] + sum over k of x[m * x_stride + k] * w[k, n]
 *   y[m * y_stride + n] = after(before(s[m, n]) + addend[m * addend_stride + n])
 *
 * The depth is cut in blocks of ST_F32_SPARSE_BLOCK. The weights of block b and column n that are
 * not zero are `weights[e]`, of depth b * ST_F32_SPARSE_BLOCK + depths[e], for e in
 * starts[b * columns + n]..<starts[b * columns + n + 1]; there is an even number of them, where
 * need be by a weight 0 with the depth ST_F32_SPARSE_BLOCK, which counts as a row of zeros.
 *
 * Pixels m go into the lanes, ST_F32_SPARSE_VECTORS vectors of them at a time: x is transposed into
 * the scratch a block at a time, and the sums back. bias: padded to a multiple of the vector width.
 * scratch: 64-byte aligned, st_f32_sparse_scratch_count floats. y must overlap neither x nor the
 * scratch; it may be the addend. Nothing is read or written beyond the elements named. A row's bits
 * do not depend on the other rows.
 */
typedef struct {
  const float *x;
  ptrdiff_t x_stride;
  int rows, depth, columns;
  const int32_t *starts;
  const int32_t *depths;
  const float *weights;
  const float *bias;
  float *y;
  ptrdiff_t y_stride;
  const float *addend; /* or NULL */
  ptrdiff_t addend_stride;
  st_f32_activation before, after;
  float *scratch;
} st_f32_sparse;

enum { ST_F32_SPARSE_VECTORS = 4, ST_F32_SPARSE_BLOCK = 112 };

typedef void st_f32_sparse_function(const st_f32_sparse *);

/* Floats of scratch that a variant of this vector width needs. */
size_t st_f32_sparse_scratch_count(int vector_width, int columns);

#endif
