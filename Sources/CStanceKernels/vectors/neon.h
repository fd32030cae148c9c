/* Four floats: NEON. See common.h. */
#include <arm_neon.h>

#include "common.h"

#define VF_WIDTH 4
#define ST_ISA neon
#define ST_TARGET
#define ST_HAS_32_REGISTERS 1
#define VF ST_INLINE

typedef float32x4_t vf;

VF vf vf_zero(void) { return vdupq_n_f32(0); }
VF vf vf_set(float x) { return vdupq_n_f32(x); }
VF vf vf_load(const float *p) { return vld1q_f32(p); }
VF vf vf_load_first(const float *p, int n) {
  float lanes[VF_WIDTH] = {0};
  memcpy(lanes, p, (size_t)n * 4);
  return vld1q_f32(lanes);
}
VF void vf_store(float *p, vf x) { vst1q_f32(p, x); }
VF void vf_store_first(float *p, vf x, int n) {
  float lanes[VF_WIDTH];
  vst1q_f32(lanes, x);
  memcpy(p, lanes, (size_t)n * 4);
}
VF vf vf_add(vf a, vf b) { return vaddq_f32(a, b); }
VF vf vf_subtract(vf a, vf b) { return vsubq_f32(a, b); }
VF vf vf_multiply(vf a, vf b) { return vmulq_f32(a, b); }
VF vf vf_divide(vf a, vf b) { return vdivq_f32(a, b); }
VF vf vf_multiply_add(vf a, vf b, vf c) { return vfmaq_f32(c, a, b); }
VF vf vf_max(vf a, vf b) { return vbslq_f32(vcgtq_f32(a, b), a, b); }
VF vf vf_min(vf a, vf b) { return vbslq_f32(vcltq_f32(a, b), a, b); }
VF vf vf_magnitude(vf x) { return vabsq_f32(x); }
VF vf vf_where_negative(vf x, vf a, vf b) { return vbslq_f32(vcltzq_f32(x), a, b); }
VF vf vf_round(vf x) { return vrndnq_f32(x); }
VF vf vf_power_of_two(vf n) {
  return vreinterpretq_f32_s32(
      vshlq_n_s32(vaddq_s32(vcvtnq_s32_f32(n), vdupq_n_s32(127)), 23));
}

VF void vf_store_bf16_first(uint16_t *p, vf x, int n) {
  float lanes[VF_WIDTH];
  vst1q_f32(lanes, x);
  for (int i = 0; i < n; i++) p[i] = st_bf16_from_f32(lanes[i]);
}
VF void vf_store_bf16(uint16_t *p, vf x) { vf_store_bf16_first(p, x, VF_WIDTH); }
