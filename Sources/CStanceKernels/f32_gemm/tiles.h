/*
 * The matrix multiplication of f32_gemm.h for one instruction set, in tiles of rows by vectors of
 * columns whose sums stay in registers. Included behind one of vectors/, with
 *   ST_GEMM                          the function's name
 *   ST_GEMM_MULTIPLY_ADD(a, w, sum)  one step of depth: a is 4 bytes of A in all lanes
 *   ST_GEMM_STORE_TILE, has_finish, finish_panel  where results are not floats
 */
#include "../f32/activation.h"
#include "f32_gemm.h"
#include "shapes.h"

#if defined(ST_HAS_32_REGISTERS)
#define ST_GEMM_PANEL ST_PANEL_32_REGISTERS
#define ST_GEMM_SHAPES ST_SHAPES_32_REGISTERS
#else
#define ST_GEMM_PANEL ST_PANEL_16_REGISTERS
#define ST_GEMM_SHAPES ST_SHAPES_16_REGISTERS
#endif

#if !defined(ST_GEMM_STORE_TILE)
/* Whether more than clamps and the addend has to be done to a sum: it is, to the finished tiles. */
ST_INLINE int has_finish(const st_f32_gemm *g) {
  return g->before.kind > ST_F32_CLAMP || g->after.kind > ST_F32_CLAMP;
}

VF vf finished(
    const st_f32_gemm *g, vf sum, const float *addend, int column, int count, const int is_full) {
  vf result = vf_activate(sum, &g->before, column);
  if (g->addend) {
    result = vf_add(result, is_full ? vf_load(addend) : vf_load_first(addend, count));
  }
  return vf_activate(result, &g->after, column);
}

/* Rows first..<end of a panel's columns, which hold sums. */
ST_TARGET static void finish_panel(
    const st_f32_gemm *g, int first, int end, int column, int panel_end) {
  for (int row = first; row < end; row++) {
    float *y = (float *)g->y + row * g->y_stride;
    const float *addend = g->addend ? (const float *)g->addend + row * g->addend_stride : y;
    int n = column;
    for (; n + VF_WIDTH <= panel_end; n += VF_WIDTH) {
      vf_store(y + n, finished(g, vf_load(y + n), addend + n, n, VF_WIDTH, 1));
    }
    const int left = panel_end - n;
    if (left > 0) {
      const vf sum = vf_load_first(y + n, left);
      vf_store_first(y + n, finished(g, sum, addend + n, n, left, 0), left);
    }
  }
}

VF void store_tile(
    const int vectors, const int rows, const st_f32_gemm *g, int row, int column,
    vf sums[13][4]) {
  ST_UNROLL for (int j = 0; j < vectors; j++) {
    const int first = column + j * VF_WIDTH, count = st_smaller(g->columns - first, VF_WIDTH);
    float *y = (float *)g->y + row * g->y_stride + first;
    if (!has_finish(g)) {
      const vf_bounds before = bounds_of(&g->before), after = bounds_of(&g->after);
      const float *addend =
          g->addend ? (const float *)g->addend + row * g->addend_stride + first : NULL;
      ST_UNROLL for (int r = 0; r < rows; r++) {
        vf result = bounded(sums[r][j], &before);
        if (addend) {
          const float *from = addend + r * g->addend_stride;
          result = vf_add(result, count == VF_WIDTH ? vf_load(from) : vf_load_first(from, count));
        }
        sums[r][j] = bounded(result, &after);
      }
    }
    if (count == VF_WIDTH) {
      ST_UNROLL for (int r = 0; r < rows; r++) vf_store(y + r * g->y_stride, sums[r][j]);
    } else {
      ST_UNROLL for (int r = 0; r < rows; r++) {
        vf_store_first(y + r * g->y_stride, sums[r][j], count);
      }
    }
  }
}

#define ST_GEMM_STORE_TILE store_tile
#endif

/* One step of depth for all rows and columns of a tile. */
#define ST_GEMM_STEP(step)                                                                      \
  do {                                                                                          \
    vf b[4];                                                                                    \
    ST_UNROLL for (int j = 0; j < vectors; j++) {                                               \
      b[j] = vf_load(w + ((step) * vectors + j) * VF_WIDTH);                                    \
    }                                                                                           \
    ST_UNROLL for (int r = 0; r < rows; r++) {                                                  \
      const vf factor = vf_set(from[r / 3][r % 3 * stride + (step)]);                           \
      ST_UNROLL for (int j = 0; j < vectors; j++) {                                             \
        sums[r][j] = ST_GEMM_MULTIPLY_ADD(factor, b[j], sums[r][j]);                            \
      }                                                                                         \
    }                                                                                           \
  } while (0)

/* What is needed later, fetched a cache line at a time while weights are multiplied. */
typedef struct {
  const char *next, *end;
} lines_ahead;

VF void gemm_tile(
    const int vectors, const int rows, const st_f32_gemm *g, int row, int column, const float *w,
    lines_ahead *ahead) {
  vf sums[13][4];
  ST_UNROLL for (int j = 0; j < vectors; j++) {
    const vf bias = vf_load(g->bias + column + j * VF_WIDTH);
    ST_UNROLL for (int r = 0; r < rows; r++) sums[r][j] = bias;
  }
  const ptrdiff_t stride = g->a_stride;
  const st_word *a = (const st_word *)g->a + row * stride;
  w += (ptrdiff_t)g->first_depth * vectors * VF_WIDTH;
  const char *line = ahead->next;
  const ptrdiff_t line_step = line < ahead->end ? 64 : 0;
  for (int i = 0; i < g->segment_count; i++) {
    /* A pointer for three rows each: addresses go as base, base + stride, base + 2 * stride. */
    const st_word *from[5];
    ST_UNROLL for (int p = 0; p < (rows + 2) / 3; p++) {
      from[p] = a + g->segments[i] + 3 * p * stride;
    }
    int k = g->segment_length;
    for (; k >= 2; k -= 2) {
      __builtin_prefetch(line);
      line += line_step;
      ST_GEMM_STEP(0);
      /* Keeps compilers from merging the factors of several steps, which would spill sums. */
      ST_UNROLL for (int p = 0; p < (rows + 2) / 3; p++) __asm__("" : "+r"(from[p]));
      ST_GEMM_STEP(1);
      w += 2 * vectors * VF_WIDTH;
      ST_UNROLL for (int p = 0; p < (rows + 2) / 3; p++) from[p] += 2;
    }
    if (k) {
      ST_GEMM_STEP(0);
      w += vectors * VF_WIDTH;
    }
  }
  ahead->next = line;
  ST_GEMM_STORE_TILE(vectors, rows, g, row, column, sums);
}

#define ST_GEMM_CASE(vectors, rows) \
  case rows:                        \
    gemm_tile(vectors, rows, g, row, column, w, &ahead); \
    break;
#define ST_GEMM_CASES_3(v) ST_GEMM_CASE(v, 1) ST_GEMM_CASE(v, 2) ST_GEMM_CASE(v, 3)
#define ST_GEMM_CASES_6(v) \
  ST_GEMM_CASES_3(v) ST_GEMM_CASE(v, 4) ST_GEMM_CASE(v, 5) ST_GEMM_CASE(v, 6)
#define ST_GEMM_CASES_9(v) \
  ST_GEMM_CASES_6(v) ST_GEMM_CASE(v, 7) ST_GEMM_CASE(v, 8) ST_GEMM_CASE(v, 9)
#define ST_GEMM_CASES_12(v) \
  ST_GEMM_CASES_9(v) ST_GEMM_CASE(v, 10) ST_GEMM_CASE(v, 11) ST_GEMM_CASE(v, 12)
#define ST_GEMM_CASES_13(v) ST_GEMM_CASES_12(v) ST_GEMM_CASE(v, 13)

/* The panel behind the one at w, which ends before `column`; behind the last one, what is `next`. */
VF lines_ahead lines_behind(
    const st_f32_gemm *g, int column, const float *w, const int vectors) {
  const int left = (g->columns - column + VF_WIDTH - 1) / VF_WIDTH;
  const int next = left == ST_GEMM_PANEL + 1 ? left : st_smaller(left, ST_GEMM_PANEL);
  const float *begin = w + (ptrdiff_t)g->depth * vectors * VF_WIDTH;
  const float *end = left > 0 ? begin + (ptrdiff_t)g->depth * next * VF_WIDTH : begin;
  lines_ahead result = {(const char *)begin, (const char *)end};
  if (left <= 0 && g->next) {
    result.next = g->next;
    result.end = result.next + g->next_bytes;
  }
  return result;
}

/* Rows first..<end of one panel, in tiles of nearly equal height. */
#define ST_GEMM_PANEL_FUNCTION(vectors, height)                                        \
  ST_TARGET static void gemm_panel_##vectors(                                          \
      const st_f32_gemm *g, int first, int end, int column, const float *w) {          \
    const int end_column = st_smaller(column + vectors * VF_WIDTH, g->columns);        \
    lines_ahead ahead = lines_behind(g, column + vectors * VF_WIDTH, w, vectors);  \
    int tiles = (end - first + height - 1) / height;                                   \
    for (int row = first; tiles > 0; tiles--) {                                        \
      const int rows = (end - row + tiles - 1) / tiles;                                \
      switch (rows) { ST_GEMM_CASES_##height(vectors) }                                \
      if (has_finish(g)) finish_panel(g, row, row + rows, column, end_column);         \
      row += rows;                                                                     \
    }                                                                                  \
  }
ST_GEMM_SHAPES(ST_GEMM_PANEL_FUNCTION)

#define ST_GEMM_PANEL_CASE(vectors, height)          \
  case vectors:                                      \
    gemm_panel_##vectors(g, first, end, column, w);  \
    break;

ST_TARGET void ST_GEMM(const st_f32_gemm *g) {
  /* As many rows at a time as leave A's part in the second-level cache beside a panel. */
  const long bytes = (long)g->segment_count * g->segment_length * 4;
  const int block = (int)((192 << 10) / (bytes + 1)) / 26 * 26 + 26;
  for (int first = 0; first < g->rows; first += block) {
    const int end = st_smaller(first + block, g->rows);
    const float *w = g->weights;
    int left = (g->columns + VF_WIDTH - 1) / VF_WIDTH;
    for (int column = 0; left > 0;) {
      const int vectors =
          left == ST_GEMM_PANEL + 1 ? left : st_smaller(left, ST_GEMM_PANEL);
      switch (vectors) { ST_GEMM_SHAPES(ST_GEMM_PANEL_CASE) }
      w += (ptrdiff_t)g->depth * vectors * VF_WIDTH;
      column += vectors * VF_WIDTH;
      left -= vectors;
    }
  }
}
