/* Four floats in the vector extension of C that gcc and clang share, which they turn into whatever
 * the architecture's base has. See common.h. */
#include "common.h"

#define VF_WIDTH 4
#define ST_ISA scalar
#define ST_TARGET
#define VF ST_INLINE

typedef float vf __attribute__((vector_size(16)));
typedef int32_t vf_bits __attribute__((vector_size(16)));

VF vf vf_set(float x) { return (vf){x, x, x, x}; }
VF vf vf_zero(void) { return vf_set(0); }
VF vf vf_load(const void *p) {
  vf result;
  memcpy(&result, p, sizeof result);
  return result;
}
VF vf vf_load_first(const float *p, int n) {
  float lanes[VF_WIDTH] = {0};
  for (int i = 0; i < n; i++) lanes[i] = p[i];
  return vf_load(lanes);
}
VF void vf_store(float *p, vf x) { memcpy(p, &x, sizeof x); }
VF void vf_store_first(float *p, vf x, int n) {
  for (int i = 0; i < n; i++) p[i] = x[i];
}
VF vf vf_where(vf_bits mask, vf a, vf b) { return (vf)((mask & (vf_bits)a) | (~mask & (vf_bits)b)); }
VF vf vf_add(vf a, vf b) { return a + b; }
VF vf vf_subtract(vf a, vf b) { return a - b; }
VF vf vf_multiply(vf a, vf b) { return a * b; }
VF vf vf_divide(vf a, vf b) { return a / b; }
VF vf vf_multiply_add(vf a, vf b, vf c) { return a * b + c; }
VF vf vf_max(vf a, vf b) { return vf_where(a > b, a, b); }
VF vf vf_min(vf a, vf b) { return vf_where(a < b, a, b); }
VF vf vf_magnitude(vf x) { return (vf)((vf_bits)x & 0x7FFFFFFF); }
VF vf vf_where_negative(vf x, vf a, vf b) { return vf_where(x < 0, a, b); }
/* For magnitudes below 2^22, which is all that exp needs. */
VF vf vf_round(vf x) { return (x + 0x1.8p23f) - 0x1.8p23f; }
/* Adding 1.5 * 2^23 leaves n in the lowest bits; the rest is shifted out. */
VF vf vf_power_of_two(vf n) { return (vf)(((vf_bits)(n + 0x1.8p23f) + 127) << 23); }

VF void vf_store_bf16_first(uint16_t *p, vf x, int n) {
  for (int i = 0; i < n; i++) p[i] = st_bf16_from_f32(x[i]);
}
VF void vf_store_bf16(uint16_t *p, vf x) { vf_store_bf16_first(p, x, VF_WIDTH); }
VF vf vf_load_bf16_first(const uint16_t *p, int n) {
  vf result = vf_zero();
  for (int i = 0; i < n; i++) result[i] = st_f32_from_bf16(p[i]);
  return result;
}
VF vf vf_load_bf16(const uint16_t *p) { return vf_load_bf16_first(p, VF_WIDTH); }
