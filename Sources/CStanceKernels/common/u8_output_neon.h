/* Requantisation of 16 sums at a time. */
#ifndef C_STANCE_KERNELS_U8_OUTPUT_NEON_H
#define C_STANCE_KERNELS_U8_OUTPUT_NEON_H

#include <arm_neon.h>
#include <string.h>

#include "attributes.h"
#include "u8_output.h"

/* Conversion rounds half to even and saturates, as does each narrowing. */
ST_INLINE int16x8_t st_u8_steps_neon(int32x4_t a, int32x4_t b, const float *scales) {
  const int32x4_t first = vcvtnq_s32_f32(vmulq_f32(vcvtq_f32_s32(a), vld1q_f32(scales)));
  const int32x4_t second = vcvtnq_s32_f32(vmulq_f32(vcvtq_f32_s32(b), vld1q_f32(scales + 4)));
  return vcombine_s16(vqmovn_s32(first), vqmovn_s32(second));
}

ST_INLINE uint8x8_t st_u8_bytes_neon(int16x8_t steps, const st_u8_output *output) {
  const int16x8_t highest =
      vdupq_n_s16((int16_t)((int32_t)output->highest_step + output->zero_point));
  int16x8_t y = vqaddq_s16(steps, vdupq_n_s16((int16_t)output->zero_point));
  y = vmaxq_s16(vminq_s16(y, highest), vdupq_n_s16(output->lowest));
  return veor_u8(vqmovun_s16(y), vdup_n_u8(output->flip));
}

ST_INLINE void st_store_neon(uint8_t *y, uint8x16_t bytes, ptrdiff_t count) {
  if (count >= 16) {
    vst1q_u8(y, bytes);
  } else {
    uint8_t all[16];
    vst1q_u8(all, bytes);
    memcpy(y, all, (size_t)count);
  }
}

#endif
