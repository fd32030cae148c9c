#include "variants.h"

#if defined(__x86_64__)
#include "../common/u8_output_avx2.h"

#define TARGET ST_TARGET_AVXVNNI
#define INLINE ST_TARGET_AVXVNNI ST_INLINE

INLINE void step(const int ROWS, const int FLIP, __m256i sums[6][2], const uint8_t *row,
                 ptrdiff_t lda, const __m256i *w, __m256i flip) {
  const __m256i w0 = _mm256_load_si256(w), w1 = _mm256_load_si256(w + 1);
  ST_UNROLL
  for (int r = 0; r < ROWS; r++) {
    int32_t four;
    memcpy(&four, row + r * lda, 4);
    __m256i v = _mm256_set1_epi32(four);
    if (FLIP) v = _mm256_xor_si256(v, flip);
    sums[r][0] = _mm256_dpbusd_avx_epi32(sums[r][0], v, w0);
    sums[r][1] = _mm256_dpbusd_avx_epi32(sums[r][1], v, w1);
  }
}

INLINE void tile(const int ROWS, const int FLIP, const st_u8_gemm_panel *panel,
                 const void *const *segments, ptrdiff_t first, ptrdiff_t lda, uint8_t *c,
                 ptrdiff_t ldc) {
  __m256i sums[6][2];
  ST_UNROLL
  for (int r = 0; r < ROWS; r++) {
    sums[r][0] = _mm256_load_si256((const __m256i *)panel->bias);
    sums[r][1] = _mm256_load_si256((const __m256i *)panel->bias + 1);
  }
  const __m256i flip = _mm256_set1_epi8((char)panel->flip);
  const __m256i *w = panel->weights;
  for (int32_t s = 0; s < panel->segment_count; s++) {
    const uint8_t *row = (const uint8_t *)segments[s] + first;
    for (int32_t k = 0; k < panel->step_count; k++, w += 2, row += 4)
      step(ROWS, FLIP, sums, row, lda, w, flip);
  }
  for (int32_t e = 0; e < panel->extra_count; e++, w += 2) {
    const uint8_t *row =
        (const uint8_t *)segments[panel->extras[2 * e]] + first + panel->extras[2 * e + 1];
    step(ROWS, FLIP, sums, row, lda, w, flip);
  }
  ST_UNROLL
  for (int r = 0; r < ROWS; r++) {
    st_store_xmm(c + r * ldc,
                 st_u8_bytes_ymm(sums[r][0], sums[r][1], panel->scales, &panel->output),
                 panel->column_count);
  }
}

typedef void tile_function(const st_u8_gemm_panel *, const void *const *, ptrdiff_t, ptrdiff_t,
                           uint8_t *, ptrdiff_t);
#define TILE(rows, flip)                                                              \
  TARGET static void tile_##rows##_##flip(                                            \
      const st_u8_gemm_panel *panel, const void *const *segments, ptrdiff_t first,    \
      ptrdiff_t lda, uint8_t *c, ptrdiff_t ldc) {                                     \
    tile(rows, flip, panel, segments, first, lda, c, ldc);                            \
  }
TILE(1, 0) TILE(2, 0) TILE(3, 0) TILE(4, 0) TILE(5, 0) TILE(6, 0)
TILE(1, 1) TILE(2, 1) TILE(3, 1) TILE(4, 1) TILE(5, 1) TILE(6, 1)
static tile_function *const tiles[2][6] = {
    {tile_1_0, tile_2_0, tile_3_0, tile_4_0, tile_5_0, tile_6_0},
    {tile_1_1, tile_2_1, tile_3_1, tile_4_1, tile_5_1, tile_6_1},
};

void st_u8_gemm__avxvnni_6x16(const st_u8_gemm_panel *panel, const void *const *segments,
                              ptrdiff_t lda, uint8_t *c, ptrdiff_t ldc, ptrdiff_t row_count) {
  ptrdiff_t left = (row_count + 5) / 6;
  for (ptrdiff_t row = 0; left > 0; left--) {
    const ptrdiff_t height = (row_count - row + left - 1) / left;
    tiles[panel->flip != 0][height - 1](panel, segments, row * lda, lda, c + row * ldc, ldc);
    row += height;
  }
}

#endif
