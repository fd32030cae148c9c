#include "variants.h"

#if defined(__aarch64__)
#include "../common/u8_output_neon.h"

ST_INLINE uint8x16_t channels(const uint8_t *x, ptrdiff_t count, uint8x16_t flip) {
  if (count >= 16) return veorq_u8(vld1q_u8(x), flip);
  uint8_t all[16] = {0};
  memcpy(all, x, (size_t)count);
  return veorq_u8(vld1q_u8(all), flip);
}

void st_u8_depthwise__neon_16(const st_u8_depthwise *layer, const uint8_t *const *taps,
                              ptrdiff_t tap_stride, uint8_t *y, ptrdiff_t ldy,
                              ptrdiff_t pixel_count) {
  const uint8x16_t flip = vdupq_n_u8(layer->input_flip);
  for (ptrdiff_t p = 0; p < pixel_count; p++) {
    const int16_t *w = layer->weights;
    for (int32_t block = 0; block < layer->block_count; block++) {
      const ptrdiff_t at = p * tap_stride + 16 * block, left = layer->channel_count - 16 * block;
      int32x4_t sums[4];
      for (int j = 0; j < 4; j++) sums[j] = vld1q_s32(layer->bias + 16 * block + 4 * j);
      for (int32_t t = 0; t < layer->group_count; t++, w += 16) {
        const uint8x16_t x = channels(taps[t] + at, left, flip);
        const int16x8_t low = vreinterpretq_s16_u16(vmovl_u8(vget_low_u8(x)));
        const int16x8_t high = vreinterpretq_s16_u16(vmovl_u8(vget_high_u8(x)));
        const int16x8_t w0 = vld1q_s16(w), w1 = vld1q_s16(w + 8);
        sums[0] = vmlal_s16(sums[0], vget_low_s16(low), vget_low_s16(w0));
        sums[1] = vmlal_s16(sums[1], vget_high_s16(low), vget_high_s16(w0));
        sums[2] = vmlal_s16(sums[2], vget_low_s16(high), vget_low_s16(w1));
        sums[3] = vmlal_s16(sums[3], vget_high_s16(high), vget_high_s16(w1));
      }
      const float *scales = layer->scales + 16 * block;
      const uint8x8_t low =
          st_u8_bytes_neon(st_u8_steps_neon(sums[0], sums[1], scales), &layer->output);
      const uint8x8_t high =
          st_u8_bytes_neon(st_u8_steps_neon(sums[2], sums[3], scales + 8), &layer->output);
      st_store_neon(y + p * ldy + 16 * block, vcombine_u8(low, high), left);
    }
  }
}

#endif
