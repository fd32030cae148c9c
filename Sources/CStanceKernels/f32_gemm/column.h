/*
 * The multiplication for one column of f32_gemm.h for one instruction set: a vector holds steps of
 * depth. Included behind one of vectors/ and tiles.h, with
 *   ST_GEMM_COLUMN  the function's name
 */
#include "../vectors/transpose.h"

/* Lane l becomes the sum of rows[l]. */
#define ST_ADD_EXCHANGED(distance, UPPER, LOWER)                                          \
  ST_EXCHANGE(distance, UPPER, LOWER)                                                     \
  ST_UNROLL for (int i = 0; i < VF_WIDTH; i++) {                                          \
    if (!(i & (distance))) rows[i] = vf_add(rows[i], rows[i + (distance)]);               \
  }
VF vf lane_sums(vf rows[VF_WIDTH]) {
  ST_ADD_EXCHANGED(1, ST_UPPER_1, ST_LOWER_1)
  ST_ADD_EXCHANGED(2, ST_UPPER_2, ST_LOWER_2)
#if VF_WIDTH >= 8
  ST_ADD_EXCHANGED(4, ST_UPPER_4, ST_LOWER_4)
#endif
#if VF_WIDTH >= 16
  ST_ADD_EXCHANGED(8, ST_UPPER_8, ST_LOWER_8)
#endif
  return rows[0];
}

/* The sums of VF_WIDTH rows, one a lane; the last row counts for those behind it. */
VF vf column_sums(const st_f32_gemm *g, int row, const float *w, const int is_full) {
  vf sums[VF_WIDTH];
  ST_UNROLL for (int r = 0; r < VF_WIDTH; r++) sums[r] = vf_zero();
  const float *a = g->a;
  for (int i = 0; i < g->segment_count; i++) {
    const float *from = a + g->segments[i];
    for (int k = 0; k < g->segment_length; k += VF_WIDTH, w += VF_WIDTH) {
      const vf weights = vf_load(w);
      const int left = g->segment_length - k;
#define ST_COLUMN_STEP(factors)                                              \
  ST_UNROLL for (int r = 0; r < VF_WIDTH; r++) {                             \
    const int at = is_full ? row + r : st_smaller(row + r, g->rows - 1);     \
    const float *p = from + at * g->a_stride + k;                            \
    sums[r] = ST_GEMM_MULTIPLY_ADD(factors, weights, sums[r]);               \
  }
      if (left >= VF_WIDTH) ST_COLUMN_STEP(vf_load(p))
      else ST_COLUMN_STEP(vf_load_first(p, left))
#undef ST_COLUMN_STEP
    }
  }
  return vf_add(vf_set(*g->bias), lane_sums(sums));
}

#if !defined(ST_GEMM_STORE_COLUMN)
/* Whether results and addend are vectors of rows, and the activations the same for all lanes. */
ST_INLINE int has_plain_results(const st_f32_gemm *g) {
  return g->y_stride == 1 && (!g->addend || g->addend_stride == 1) &&
         g->before.kind != ST_F32_PRELU && g->after.kind != ST_F32_PRELU;
}

VF void store_column(const st_f32_gemm *g, int row, int count, vf sums) {
  if (count == VF_WIDTH && has_plain_results(g)) {
    const float *addend = g->addend ? (const float *)g->addend + row : NULL;
    vf_store((float *)g->y + row, finished(g, sums, addend, 0, VF_WIDTH, 1));
    return;
  }
  float lanes[VF_WIDTH];
  vf_store(lanes, sums);
  for (int r = 0; r < count; r++) {
    float *y = (float *)g->y + (row + r) * g->y_stride;
    const float *addend = g->addend ? (const float *)g->addend + (row + r) * g->addend_stride : y;
    vf_store_first(y, finished(g, vf_set(lanes[r]), addend, 0, 1, 0), 1);
  }
}

#define ST_GEMM_STORE_COLUMN store_column
#endif

ST_TARGET void ST_GEMM_COLUMN(const st_f32_gemm *g) {
  const ptrdiff_t length = g->segment_length, chunks = (length + VF_WIDTH - 1) / VF_WIDTH;
  const ptrdiff_t segment = length ? g->first_depth / length : 0;
  const float *w = (const float *)g->weights + segment * chunks * VF_WIDTH;
  for (int row = 0; row < g->rows; row += VF_WIDTH) {
    const int count = st_smaller(g->rows - row, VF_WIDTH);
    const vf sums = count == VF_WIDTH ? column_sums(g, row, w, 1) : column_sums(g, row, w, 0);
    ST_GEMM_STORE_COLUMN(g, row, count, sums);
  }
}
