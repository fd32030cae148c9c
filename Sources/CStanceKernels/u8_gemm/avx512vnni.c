#include "variants.h"

#if defined(__x86_64__)
#include <string.h>

#include "../common/u8_output_avx512.h"

#define TARGET ST_TARGET_AVX512VNNI
#define INLINE ST_TARGET_AVX512VNNI ST_INLINE

INLINE __m512i broadcast(const uint8_t *a, __m512i flip, const int is_flipped) {
  int32_t four;
  memcpy(&four, a, 4);
  const __m512i v = _mm512_set1_epi32(four);
  return is_flipped ? _mm512_xor_si512(v, flip) : v;
}

/* COUNT steps of k for ROWS rows, whose addresses are 3 rows apart in `rows`. */
INLINE void multiply(const int REGISTERS, const int ROWS, const int FLIP, const int COUNT,
                     __m512i sums[12][4], const uint8_t *rows[4], ptrdiff_t lda,
                     const int8_t *weights, __m512i flip) {
  ST_UNROLL
  for (int u = 0; u < COUNT; u++) {
    /* Keeps the loads of the steps apart, which would be merged and spilled. */
    ST_UNROLL
    for (int g = 0; g < (ROWS + 2) / 3; g++) __asm__ volatile("" : "+r"(rows[g]));
    __m512i w[4];
    ST_UNROLL
    for (int j = 0; j < REGISTERS; j++)
      w[j] = _mm512_load_si512(weights + 64 * (REGISTERS * u + j));
    ST_UNROLL
    for (int r = 0; r < ROWS; r++) {
      const __m512i a = broadcast(rows[r / 3] + (r % 3) * lda + 4 * u, flip, FLIP);
      ST_UNROLL
      for (int j = 0; j < REGISTERS; j++)
        sums[r][j] = _mm512_dpbusd_epi32(sums[r][j], a, w[j]);
    }
  }
}

/* The first bytes of a register: as many as the registers of a panel have columns, or fewer. Masked
   stores are many times slower than others. */
INLINE void put(const int REGISTERS, const int FULL, uint8_t *c, __m512i bytes, __mmask64 mask) {
  if (!FULL) return _mm512_mask_storeu_epi8(c, mask, bytes);
  if (REGISTERS == 4) return _mm512_storeu_si512(c, bytes);
  if (REGISTERS > 1) _mm256_storeu_si256((__m256i *)c, _mm512_castsi512_si256(bytes));
  if (REGISTERS == 3)
    _mm_storeu_si128((__m128i *)(c + 32), _mm512_extracti32x4_epi32(bytes, 2));
  if (REGISTERS == 1) _mm_storeu_si128((__m128i *)c, _mm512_castsi512_si128(bytes));
}

INLINE void store(const int REGISTERS, const int ROWS, const int KIND, const int FULL,
                  __m512i sums[12][4], const st_u8_gemm_panel *panel, uint8_t *c, ptrdiff_t ldc) {
  const st_u8_output_zmm output = st_u8_output_load_zmm(&panel->output);
  const __mmask64 mask = ~0ull >> (64 - panel->column_count);
  const __m512i order =
      REGISTERS == 1   ? _mm512_setr_epi32(0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
      : REGISTERS == 2 ? _mm512_setr_epi32(0, 1, 4, 5, 8, 9, 12, 13, 0, 0, 0, 0, 0, 0, 0, 0)
                       : _mm512_setr_epi32(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0, 0, 0, 0);
  ST_UNROLL
  for (int r = 0; r < ROWS; r++) {
    __m512i steps[4];
    ST_UNROLL
    for (int j = 0; j < REGISTERS; j++)
      steps[j] = st_u8_steps_zmm(sums[r][j], panel->scales + 16 * j, output, KIND);
    const __m512i low = _mm512_packs_epi32(steps[0], steps[REGISTERS > 1 ? 1 : 0]);
    const __m512i high =
        REGISTERS > 2 ? _mm512_packs_epi32(steps[2], steps[REGISTERS > 3 ? 3 : 2]) : low;
    __m512i bytes = st_u8_bytes_zmm(low, high, output, KIND);
    if (REGISTERS < 4) bytes = _mm512_permutexvar_epi32(order, bytes);
    put(REGISTERS, FULL, c + r * ldc, bytes, mask);
  }
}

INLINE void tile(const int REGISTERS, const int ROWS, const int FLIP, const st_u8_gemm_panel *panel,
                 const void *const *segments, ptrdiff_t first, ptrdiff_t lda, uint8_t *c,
                 ptrdiff_t ldc) {
  __m512i sums[12][4];
  ST_UNROLL
  for (int j = 0; j < REGISTERS; j++) {
    const __m512i bias = _mm512_load_si512(panel->bias + 16 * j);
    ST_UNROLL
    for (int r = 0; r < ROWS; r++) sums[r][j] = bias;
  }
  const __m512i flip = _mm512_set1_epi8((char)panel->flip);
  const int8_t *weights = panel->weights;
  for (int32_t s = 0; s < panel->segment_count; s++) {
    const uint8_t *rows[4];
    ST_UNROLL
    for (int g = 0; g < (ROWS + 2) / 3; g++)
      rows[g] = (const uint8_t *)segments[s] + first + 3 * g * lda;
    int32_t steps = panel->step_count;
    for (; steps >= 2; steps -= 2) {
      multiply(REGISTERS, ROWS, FLIP, 2, sums, rows, lda, weights, flip);
      weights += 128 * REGISTERS;
      ST_UNROLL
      for (int g = 0; g < (ROWS + 2) / 3; g++) rows[g] += 8;
    }
    if (steps) {
      multiply(REGISTERS, ROWS, FLIP, 1, sums, rows, lda, weights, flip);
      weights += 64 * REGISTERS;
    }
  }
  for (int32_t e = 0; e < panel->extra_count; e++, weights += 64 * REGISTERS) {
    const uint8_t *rows[4];
    const uint8_t *row =
        (const uint8_t *)segments[panel->extras[2 * e]] + first + panel->extras[2 * e + 1];
    ST_UNROLL
    for (int g = 0; g < (ROWS + 2) / 3; g++) rows[g] = row + 3 * g * lda;
    multiply(REGISTERS, ROWS, FLIP, 1, sums, rows, lda, weights, flip);
  }
  if (panel->output.kind == ST_U8_ANY || panel->column_count < 16 * REGISTERS)
    store(REGISTERS, ROWS, ST_U8_ANY, 0, sums, panel, c, ldc);
  else if (panel->output.kind == ST_U8_PLAIN)
    store(REGISTERS, ROWS, ST_U8_PLAIN, 1, sums, panel, c, ldc);
  else
    store(REGISTERS, ROWS, ST_U8_SMALL, 1, sums, panel, c, ldc);
}

typedef void tile_function(const st_u8_gemm_panel *, const void *const *, ptrdiff_t, ptrdiff_t,
                           uint8_t *, ptrdiff_t);

#define TILE(registers, rows, flip)                                                           \
  TARGET static void tile_##registers##_##rows##_##flip(                                      \
      const st_u8_gemm_panel *panel, const void *const *segments, ptrdiff_t first,            \
      ptrdiff_t lda, uint8_t *c, ptrdiff_t ldc) {                                             \
    tile(registers, rows, flip, panel, segments, first, lda, c, ldc);                         \
  }
#define NAME(registers, rows, flip) tile_##registers##_##rows##_##flip,
#define SIX(X, n, f) X(n, 1, f) X(n, 2, f) X(n, 3, f) X(n, 4, f) X(n, 5, f) X(n, 6, f)
#define EIGHT(X, n, f) SIX(X, n, f) X(n, 7, f) X(n, 8, f)
#define TWELVE(X, n, f) EIGHT(X, n, f) X(n, 9, f) X(n, 10, f) X(n, 11, f) X(n, 12, f)

TWELVE(TILE, 1, 0) TWELVE(TILE, 2, 0) EIGHT(TILE, 3, 0) SIX(TILE, 4, 0)
TWELVE(TILE, 1, 1) TWELVE(TILE, 2, 1) EIGHT(TILE, 3, 1) SIX(TILE, 4, 1)

static const int tallest[4] = {12, 12, 8, 6};
static tile_function *const tiles[2][4][12] = {
    {{TWELVE(NAME, 1, 0)}, {TWELVE(NAME, 2, 0)}, {EIGHT(NAME, 3, 0)}, {SIX(NAME, 4, 0)}},
    {{TWELVE(NAME, 1, 1)}, {TWELVE(NAME, 2, 1)}, {EIGHT(NAME, 3, 1)}, {SIX(NAME, 4, 1)}},
};

void st_u8_gemm__avx512vnni_6x64(const st_u8_gemm_panel *panel, const void *const *segments,
                                 ptrdiff_t lda, uint8_t *c, ptrdiff_t ldc, ptrdiff_t row_count) {
  const int registers = panel->register_count - 1, most = tallest[registers];
  ptrdiff_t left = (row_count + most - 1) / most;
  for (ptrdiff_t row = 0; left > 0; left--) {
    /* Tiles of nearly equal height instead of a low last one. */
    const ptrdiff_t height = (row_count - row + left - 1) / left;
    tiles[panel->flip != 0][registers][height - 1](panel, segments, row * lda, lda, c + row * ldc,
                                                   ldc);
    row += height;
  }
}

#endif
