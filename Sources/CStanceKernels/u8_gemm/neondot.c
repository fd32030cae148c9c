#include "variants.h"

#if defined(__aarch64__)
#include "../common/u8_output_neon.h"

#define TARGET ST_TARGET_DOTPROD
#define INLINE ST_TARGET_DOTPROD ST_INLINE

INLINE void multiply(const int ROWS, int32x4_t sums[4][4], const uint8_t *row, ptrdiff_t lda,
                     const int8_t *w, uint8x16_t flip) {
  const int8x16_t w0 = vld1q_s8(w), w1 = vld1q_s8(w + 16);
  const int8x16_t w2 = vld1q_s8(w + 32), w3 = vld1q_s8(w + 48);
  ST_UNROLL
  for (int r = 0; r < ROWS; r++) {
    uint32_t four;
    memcpy(&four, row + r * lda, 4);
    const int8x16_t v =
        vreinterpretq_s8_u8(veorq_u8(vreinterpretq_u8_u32(vdupq_n_u32(four)), flip));
    sums[r][0] = vdotq_s32(sums[r][0], w0, v);
    sums[r][1] = vdotq_s32(sums[r][1], w1, v);
    sums[r][2] = vdotq_s32(sums[r][2], w2, v);
    sums[r][3] = vdotq_s32(sums[r][3], w3, v);
  }
}

INLINE void tile(const int ROWS, const st_u8_gemm_panel *panel, const void *const *segments,
                 ptrdiff_t first, ptrdiff_t lda, uint8_t *c, ptrdiff_t ldc) {
  int32x4_t sums[4][4];
  ST_UNROLL
  for (int r = 0; r < ROWS; r++) {
    ST_UNROLL
    for (int j = 0; j < 4; j++) sums[r][j] = vld1q_s32(panel->bias + 4 * j);
  }
  const uint8x16_t flip = vdupq_n_u8(panel->flip);
  const int8_t *w = panel->weights;
  for (int32_t s = 0; s < panel->segment_count; s++) {
    const uint8_t *row = (const uint8_t *)segments[s] + first;
    for (int32_t k = 0; k < panel->step_count; k++, w += 64, row += 4)
      multiply(ROWS, sums, row, lda, w, flip);
  }
  for (int32_t e = 0; e < panel->extra_count; e++, w += 64) {
    const uint8_t *row =
        (const uint8_t *)segments[panel->extras[2 * e]] + first + panel->extras[2 * e + 1];
    multiply(ROWS, sums, row, lda, w, flip);
  }
  ST_UNROLL
  for (int r = 0; r < ROWS; r++) {
    const uint8x8_t low =
        st_u8_bytes_neon(st_u8_steps_neon(sums[r][0], sums[r][1], panel->scales), &panel->output);
    const uint8x8_t high = st_u8_bytes_neon(
        st_u8_steps_neon(sums[r][2], sums[r][3], panel->scales + 8), &panel->output);
    st_store_neon(c + r * ldc, vcombine_u8(low, high), panel->column_count);
  }
}

TARGET void st_u8_gemm__neondot_4x16(const st_u8_gemm_panel *panel, const void *const *segments,
                                     ptrdiff_t lda, uint8_t *c, ptrdiff_t ldc,
                                     ptrdiff_t row_count) {
  ptrdiff_t row = 0;
  for (; row + 4 <= row_count; row += 4)
    tile(4, panel, segments, row * lda, lda, c + row * ldc, ldc);
  for (; row < row_count; row++) tile(1, panel, segments, row * lda, lda, c + row * ldc, ldc);
}

#endif
