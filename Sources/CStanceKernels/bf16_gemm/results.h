/*
 * How the matrix multiplication of bfloat16 stores its sums. Included behind one of vectors/,
 * before f32_gemm/tiles.h.
 */
#include "../f32/activation.h"
#include "f32_gemm.h"

VF vf load_addend(const st_f32_gemm *g, ptrdiff_t at, int count) {
  if (g->addend_is_bf16) {
    const uint16_t *addend = (const uint16_t *)g->addend + at;
    return count == VF_WIDTH ? vf_load_bf16(addend) : vf_load_bf16_first(addend, count);
  }
  const float *addend = (const float *)g->addend + at;
  return count == VF_WIDTH ? vf_load(addend) : vf_load_first(addend, count);
}

VF void store_result(const st_f32_gemm *g, ptrdiff_t at, vf result, int count) {
  if (g->y_is_bf16) {
    uint16_t *y = (uint16_t *)g->y + at;
    if (count == VF_WIDTH) vf_store_bf16(y, result);
    else vf_store_bf16_first(y, result, count);
  } else {
    float *y = (float *)g->y + at;
    if (count == VF_WIDTH) vf_store(y, result);
    else vf_store_first(y, result, count);
  }
}

/* Any epilogue for the sums of a tile, `stride` floats a row. */
ST_TARGET static void finish_sums(
    const st_f32_gemm *g, const float *sums, int stride, int row, int rows, int column) {
  const int end = st_smaller(column + stride, g->columns);
  for (int n = column; n < end; n += VF_WIDTH) {
    const int count = st_smaller(end - n, VF_WIDTH);
    for (int r = 0; r < rows; r++) {
      vf result = vf_activate(vf_load(sums + r * stride + n - column), &g->before, n);
      if (g->addend) {
        result = vf_add(result, load_addend(g, (row + r) * g->addend_stride + n, count));
      }
      store_result(g, (row + r) * g->y_stride + n, vf_activate(result, &g->after, n), count);
    }
  }
}

/* Whether a tile can be finished in its registers: no more than clamps and a sum of bfloat16. */
ST_INLINE int is_simple(const st_f32_gemm *g) {
  return g->y_is_bf16 && (!g->addend || g->addend_is_bf16) && g->before.kind <= ST_F32_CLAMP &&
         g->after.kind <= ST_F32_CLAMP;
}

VF void clamp_rows(
    const st_f32_activation *activation, const int rows, const int j, vf sums[13][4]) {
  if (activation->kind != ST_F32_CLAMP) return;
  const vf low = vf_set(activation->lowest), high = vf_set(activation->highest);
  ST_UNROLL for (int r = 0; r < rows; r++) sums[r][j] = vf_min(high, vf_max(low, sums[r][j]));
}

VF void store_tile(
    const int vectors, const int rows, const st_f32_gemm *g, int row, int column,
    vf sums[13][4]) {
  if (is_simple(g)) {
    ST_UNROLL for (int j = 0; j < vectors; j++) {
      const int n = column + j * VF_WIDTH, count = st_smaller(g->columns - n, VF_WIDTH);
      clamp_rows(&g->before, rows, j, sums);
      if (g->addend) {
        const uint16_t *addend = (const uint16_t *)g->addend + row * g->addend_stride + n;
        ST_UNROLL for (int r = 0; r < rows; r++, addend += g->addend_stride) {
          sums[r][j] = vf_add(
              sums[r][j],
              count == VF_WIDTH ? vf_load_bf16(addend) : vf_load_bf16_first(addend, count));
        }
      }
      clamp_rows(&g->after, rows, j, sums);
      uint16_t *y = (uint16_t *)g->y + row * g->y_stride + n;
      if (count == VF_WIDTH) {
        ST_UNROLL for (int r = 0; r < rows; r++) vf_store_bf16(y + r * g->y_stride, sums[r][j]);
      } else {
        ST_UNROLL for (int r = 0; r < rows; r++) {
          vf_store_bf16_first(y + r * g->y_stride, sums[r][j], count);
        }
      }
    }
    return;
  }
  float tile[13 * 4 * VF_WIDTH] __attribute__((aligned(64)));
  ST_UNROLL for (int r = 0; r < rows; r++) {
    ST_UNROLL for (int j = 0; j < vectors; j++) {
      vf_store(tile + (r * vectors + j) * VF_WIDTH, sums[r][j]);
    }
  }
  finish_sums(g, tile, vectors * VF_WIDTH, row, rows, column);
}

/* The sums of `count` rows of one column, a lane each. */
VF void store_column(const st_f32_gemm *g, int row, int count, vf sums) {
  if (g->y_stride == 1 && !g->addend && g->before.kind != ST_F32_PRELU &&
      g->after.kind != ST_F32_PRELU) {
    store_result(g, row, vf_activate(vf_activate(sums, &g->before, 0), &g->after, 0), count);
    return;
  }
  float lanes[2 * VF_WIDTH] = {0};
  vf_store(lanes, sums);
  finish_sums(g, lanes, 1, row, count, 0);
}

#define ST_GEMM_STORE_COLUMN store_column
#define ST_GEMM_STORE_TILE store_tile
#define has_finish(g) 0
#define finish_panel(g, first, end, column, panel_end) (void)(panel_end)
