/* st_f32_sparse for one instruction set. Included behind one of vectors/. */
#include "../f32/activation.h"
#include "../vectors/transpose.h"
#include "f32_sparse.h"

enum { SPARSE_PIXELS = ST_F32_SPARSE_VECTORS * VF_WIDTH };

/* to[k * SPARSE_PIXELS + m] = x[m, first + k] for a block; zeros for the rows from `rows` on. */
ST_TARGET static void gather_block(
    const st_f32_sparse *s, const float *x, int rows, int first, float *to) {
  const int end = st_smaller(first + ST_F32_SPARSE_BLOCK, s->depth);
  for (int k = first; k < end; k += VF_WIDTH, to += VF_WIDTH * SPARSE_PIXELS) {
    const int left = st_smaller(end - k, VF_WIDTH);
    for (int m = 0; m < SPARSE_PIXELS; m += VF_WIDTH) {
      const float *from = x + m * s->x_stride + k;
      vf block[VF_WIDTH];
      if (left == VF_WIDTH && m + VF_WIDTH <= rows) {
        ST_UNROLL for (int i = 0; i < VF_WIDTH; i++) block[i] = vf_load(from + i * s->x_stride);
      } else {
        for (int i = 0; i < VF_WIDTH; i++) {
          block[i] = m + i < rows ? vf_load_first(from + i * s->x_stride, left) : vf_zero();
        }
      }
      vf_transpose(block);
      ST_UNROLL for (int i = 0; i < VF_WIDTH; i++) vf_store(to + i * SPARSE_PIXELS + m, block[i]);
    }
  }
}

/* Adds to the sums of one column what weights e..<end contribute: in two chains, so that latency
 * does not matter. */
VF void sparse_column(
    const st_f32_sparse *s, const float *pixels, int e, int end, const float *from, float *to) {
  vf even[ST_F32_SPARSE_VECTORS], odd[ST_F32_SPARSE_VECTORS];
  ST_UNROLL for (int v = 0; v < ST_F32_SPARSE_VECTORS; v++) {
    even[v] = from ? vf_load(from + v * VF_WIDTH) : vf_zero();
    odd[v] = vf_zero();
  }
  for (; e < end; e += 2) {
    const float *first = pixels + (ptrdiff_t)s->depths[e] * SPARSE_PIXELS;
    const float *second = pixels + (ptrdiff_t)s->depths[e + 1] * SPARSE_PIXELS;
    const vf w0 = vf_set(s->weights[e]), w1 = vf_set(s->weights[e + 1]);
    ST_UNROLL for (int v = 0; v < ST_F32_SPARSE_VECTORS; v++) {
      even[v] = vf_multiply_add(vf_load(first + v * VF_WIDTH), w0, even[v]);
      odd[v] = vf_multiply_add(vf_load(second + v * VF_WIDTH), w1, odd[v]);
    }
  }
  ST_UNROLL for (int v = 0; v < ST_F32_SPARSE_VECTORS; v++) {
    vf_store(to + v * VF_WIDTH, vf_add(even[v], odd[v]));
  }
}

VF void scatter_pixel(const st_f32_sparse *s, ptrdiff_t pixel, int column, int count, vf sum) {
  float *y = s->y + pixel * s->y_stride + column;
  const float *addend = s->addend ? s->addend + pixel * s->addend_stride + column : NULL;
  const int is_full = count == VF_WIDTH;
  vf result = vf_activate(sum, &s->before, column);
  if (addend) result = vf_add(result, is_full ? vf_load(addend) : vf_load_first(addend, count));
  result = vf_activate(result, &s->after, column);
  if (is_full) vf_store(y, result);
  else vf_store_first(y, result, count);
}

/* Stores `count` columns from `column` on, of which `sums` has a row of pixels each. */
ST_TARGET static void scatter_sums(
    const st_f32_sparse *s, int row, int rows, int column, int count, const float *sums) {
  for (int m = 0; m < rows; m += VF_WIDTH) {
    vf block[VF_WIDTH];
    ST_UNROLL for (int i = 0; i < VF_WIDTH; i++) {
      block[i] = vf_load(sums + i * SPARSE_PIXELS + m);
    }
    vf_transpose(block);
    const vf bias = vf_load(s->bias + column);
    ST_UNROLL for (int i = 0; i < VF_WIDTH; i++) {
      if (m + i < rows) scatter_pixel(s, row + m + i, column, count, vf_add(block[i], bias));
    }
  }
}

ST_TARGET void ST_VARIANT(st_f32_sparse)(const st_f32_sparse *s) {
  float *pixels = s->scratch;
  float *zeros = pixels + ST_F32_SPARSE_BLOCK * SPARSE_PIXELS;
  float *sums = zeros + SPARSE_PIXELS;
  for (int i = 0; i < SPARSE_PIXELS; i += VF_WIDTH) vf_store(zeros + i, vf_zero());
  for (int row = 0; row < s->rows; row += SPARSE_PIXELS) {
    const int rows = st_smaller(s->rows - row, SPARSE_PIXELS);
    const int32_t *starts = s->starts;
    for (int k = 0; k < s->depth; k += ST_F32_SPARSE_BLOCK, starts += s->columns) {
      gather_block(s, s->x + row * s->x_stride, rows, k, pixels);
      for (int n = 0; n < s->columns; n++) {
        float *to = sums + (ptrdiff_t)n * SPARSE_PIXELS;
        sparse_column(s, pixels, starts[n], starts[n + 1], k ? to : NULL, to);
      }
    }
    for (int column = 0; column < s->columns; column += VF_WIDTH) {
      scatter_sums(
          s, row, rows, column, st_smaller(s->columns - column, VF_WIDTH),
          sums + (ptrdiff_t)column * SPARSE_PIXELS);
    }
  }
}
