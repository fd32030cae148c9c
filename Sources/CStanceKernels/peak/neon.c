#if defined(__aarch64__)

#include <arm_neon.h>

#include "loop.h"

#define BYTES_TOTAL(sum) ((float)vgetq_lane_s32(sum, 0))
#define FLOATS_TOTAL(sum) vgetq_lane_f32(sum, 0)

ST_PEAK_LOOP(st_peak_u8__neon, , 16, int32x4_t, int16x4_t, "w", vdupq_n_s32(0), vdup_n_s16(1),
             vmlal_s16, BYTES_TOTAL)

ST_PEAK_LOOP(st_peak_u8__neondot, ST_TARGET_DOTPROD, 16, int32x4_t, int8x16_t, "w",
             vdupq_n_s32(0), vdupq_n_s8(1), vdotq_s32, BYTES_TOTAL)

ST_PEAK_LOOP(st_peak_f32__neon, , 16, float32x4_t, float32x4_t, "w", vdupq_n_f32(0),
             vdupq_n_f32(0x1p-9f), vfmaq_f32, FLOATS_TOTAL)

#endif
