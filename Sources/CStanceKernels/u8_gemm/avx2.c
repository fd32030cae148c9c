#include "variants.h"

#if defined(__x86_64__)
#include "../common/u8_output_avx2.h"

#define TARGET ST_TARGET_AVX2
#define INLINE ST_TARGET_AVX2 ST_INLINE

TARGET void st_u8_widen__avx2(const uint8_t *x, uint8_t flip, int16_t *y, ptrdiff_t count) {
  const __m128i mask = _mm_set1_epi8((char)flip);
  ptrdiff_t i = 0;
  for (; i + 16 <= count; i += 16) {
    const __m128i bytes = _mm_xor_si128(_mm_loadu_si128((const __m128i *)(x + i)), mask);
    _mm256_storeu_si256((__m256i *)(y + i), _mm256_cvtepu8_epi16(bytes));
  }
  for (; i < count; i++) y[i] = x[i] ^ flip;
}

/* Both factors in 16 bits: the sum of two products stays below 2^31, so vpmaddwd is exact. */
INLINE void tile(const int ROWS, const st_u8_gemm_panel *panel, const int16_t *a, ptrdiff_t lda,
                 uint8_t *c, ptrdiff_t ldc) {
  __m256i sums[6][2];
  ST_UNROLL
  for (int r = 0; r < ROWS; r++) {
    sums[r][0] = _mm256_load_si256((const __m256i *)panel->bias);
    sums[r][1] = _mm256_load_si256((const __m256i *)panel->bias + 1);
  }
  const __m256i *w = panel->weights;
  const uint8_t *row = (const uint8_t *)a;
  for (int32_t k = 0; k < panel->step_count; k++, w += 2, row += 4) {
    const __m256i w0 = _mm256_load_si256(w), w1 = _mm256_load_si256(w + 1);
    ST_UNROLL
    for (int r = 0; r < ROWS; r++) {
      int32_t two;
      memcpy(&two, row + r * lda, 4);
      const __m256i v = _mm256_set1_epi32(two);
      sums[r][0] = _mm256_add_epi32(sums[r][0], _mm256_madd_epi16(v, w0));
      sums[r][1] = _mm256_add_epi32(sums[r][1], _mm256_madd_epi16(v, w1));
    }
  }
  ST_UNROLL
  for (int r = 0; r < ROWS; r++) {
    st_store_xmm(c + r * ldc,
                 st_u8_bytes_ymm(sums[r][0], sums[r][1], panel->scales, &panel->output),
                 panel->column_count);
  }
}

typedef void tile_function(const st_u8_gemm_panel *, const int16_t *, ptrdiff_t, uint8_t *,
                           ptrdiff_t);
#define TILE(rows)                                                                              \
  TARGET static void tile_##rows(const st_u8_gemm_panel *panel, const int16_t *a, ptrdiff_t lda, \
                                 uint8_t *c, ptrdiff_t ldc) {                                   \
    tile(rows, panel, a, lda, c, ldc);                                                          \
  }
TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
static tile_function *const tiles[6] = {tile_1, tile_2, tile_3, tile_4, tile_5, tile_6};

void st_u8_gemm__avx2_6x16(const st_u8_gemm_panel *panel, const void *const *segments,
                           ptrdiff_t lda, uint8_t *c, ptrdiff_t ldc, ptrdiff_t row_count) {
  ptrdiff_t left = (row_count + 5) / 6;
  for (ptrdiff_t row = 0; left > 0; left--) {
    const ptrdiff_t height = (row_count - row + left - 1) / left;
    const uint8_t *a = (const uint8_t *)segments[0] + row * lda;
    tiles[height - 1](panel, (const int16_t *)a, lda, c + row * ldc, ldc);
    row += height;
  }
}

#endif
