#ifndef C_STANCE_KERNELS_F32_GEMM_H
#define C_STANCE_KERNELS_F32_GEMM_H

#include <stddef.h>
#include <stdint.h>

#include "f32_activation.h"

/*
 * Matrix multiplication against packed weights, as convolutions need it:
 *
 *   s[m, n] = bias[n] + sum over segments i, 0 <= k < segment_length of
 *             a[m * a_stride + segments[i] + k] * w[first_depth + i * segment_length + k, n]
 *   y[m * y_stride + n] = after(before(s[m, n]) + addend[m * addend_stride + n])
 *
 * A row of A may thus be the pixels under a window, left where they lie: a segment is a row of the
 * window, or a pixel where the window is dilated.
 *
 * Elements are floats, in f32; pairs of bfloat16 in A and w, in bf16 (see below). Nothing has to
 * be aligned but `weights` (64 bytes). Nothing is read or written beyond the elements named above.
 * y must overlap neither A nor the addend. Each s[m, n] is added up in order of k by itself, so
 * that its bits do not depend on rows.
 */
typedef struct {
  const void *a;
  ptrdiff_t a_stride;
  const ptrdiff_t *segments;
  int segment_count, segment_length;
  int rows;

  const void *weights; /* packed */
  int depth;           /* of the packed weights */
  int first_depth;
  int columns;
  const float *bias; /* padded to a multiple of the vector width */

  void *y;
  ptrdiff_t y_stride;
  const void *addend; /* or NULL */
  ptrdiff_t addend_stride;
  int y_is_bf16, addend_is_bf16; /* in bf16 alone; else floats */
  st_f32_activation before, after;
  /* What is read after this multiplication, or NULL: some of it is fetched into the cache meanwhile. */
  const void *next;
  ptrdiff_t next_bytes;
} st_f32_gemm;

typedef void st_f32_gemm_function(const st_f32_gemm *);

/*
 * How a variant packs weights: columns in vectors of `width`; vectors in panels of `panel` (the
 * last one may have fewer, or panel + 1); a panel is [depth][vectors][width], zeros behind the
 * last column.
 *
 * In bf16 a step of depth is two elements, so a panel is [(depth + 1) / 2][vectors][width][2]; A's
 * rows are rows of such pairs, zero behind an odd depth, and segment_length, first_depth, segments,
 * a_stride and the descriptor's depth count pairs. The products of a pair are added before the sum
 * takes them, or one after the other; denormal numbers may count as zero.
 */
typedef struct {
  int width, panel;
} st_gemm_packing;

/* Elements (floats, or bfloat16) that packed weights take. */
size_t st_f32_gemm_packed_count(st_gemm_packing, int depth, int columns);
size_t st_bf16_gemm_packed_count(st_gemm_packing, int depth, int columns);

/* w[k, n] = weights[k * depth_stride + n * column_stride]. */
void st_f32_gemm_pack(
    st_gemm_packing, int depth, int columns, const float *weights, ptrdiff_t depth_stride,
    ptrdiff_t column_stride, float *packed);
void st_bf16_gemm_pack(
    st_gemm_packing, int depth, int columns, const float *weights, ptrdiff_t depth_stride,
    ptrdiff_t column_stride, uint16_t *packed);

/*
 * The same multiplication for one column, which would leave most of a vector empty, with weights
 * packed otherwise. Depth is cut in segments of the descriptor's segment_length, of which
 * first_depth is a multiple; packed[i, k] = w[i * segment_length + k], where a segment's k goes on
 * to a multiple of the vector's width with zeros. Sums are added up in another order than
 * st_f32_gemm's; it does not depend on rows either.
 */
size_t st_f32_gemm_column_count(st_gemm_packing, int segments, int segment_length);

void st_f32_gemm_column_pack(
    st_gemm_packing, int segments, int segment_length, const float *weights,
    ptrdiff_t depth_stride, float *packed);

/* In bf16: segments of `length` elements, which must be even unless there is one alone. */
size_t st_bf16_gemm_column_count(st_gemm_packing, int segments, int length);
void st_bf16_gemm_column_pack(
    st_gemm_packing, int segments, int length, const float *weights, ptrdiff_t depth_stride,
    uint16_t *packed);

#endif
