#include "variants.h"

#if defined(__aarch64__)
#include "../common/u8_output_neon.h"

void st_u8_widen__neon(const uint8_t *x, uint8_t flip, int16_t *y, ptrdiff_t count) {
  ptrdiff_t i = 0;
  for (; i + 8 <= count; i += 8)
    vst1q_s16(y + i, vreinterpretq_s16_u16(vmovl_u8(veor_u8(vld1_u8(x + i), vdup_n_u8(flip)))));
  for (; i < count; i++) y[i] = x[i] ^ flip;
}

ST_INLINE void tile(const int ROWS, const st_u8_gemm_panel *panel, const int16_t *a, ptrdiff_t lda,
                    uint8_t *c, ptrdiff_t ldc) {
  int32x4_t sums[4][4];
  ST_UNROLL
  for (int r = 0; r < ROWS; r++) {
    ST_UNROLL
    for (int j = 0; j < 4; j++) sums[r][j] = vld1q_s32(panel->bias + 4 * j);
  }
  const int16_t *w = panel->weights;
  const uint8_t *row = (const uint8_t *)a;
  for (int32_t k = 0; k < panel->step_count; k++, w += 16, row += 2) {
    const int16x8_t w0 = vld1q_s16(w), w1 = vld1q_s16(w + 8);
    ST_UNROLL
    for (int r = 0; r < ROWS; r++) {
      const int16x4_t v = vld1_dup_s16((const int16_t *)(row + r * lda));
      sums[r][0] = vmlal_s16(sums[r][0], vget_low_s16(w0), v);
      sums[r][1] = vmlal_s16(sums[r][1], vget_high_s16(w0), v);
      sums[r][2] = vmlal_s16(sums[r][2], vget_low_s16(w1), v);
      sums[r][3] = vmlal_s16(sums[r][3], vget_high_s16(w1), v);
    }
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

void st_u8_gemm__neon_4x16(const st_u8_gemm_panel *panel, const void *const *segments,
                           ptrdiff_t lda, uint8_t *c, ptrdiff_t ldc, ptrdiff_t row_count) {
  const uint8_t *a = segments[0];
  ptrdiff_t row = 0;
  for (; row + 4 <= row_count; row += 4)
    tile(4, panel, (const int16_t *)(a + row * lda), lda, c + row * ldc, ldc);
  for (; row < row_count; row++)
    tile(1, panel, (const int16_t *)(a + row * lda), lda, c + row * ldc, ldc);
}

#endif
