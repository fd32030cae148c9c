/* Eight floats: AVX2 and FMA. See common.h. */
#include <immintrin.h>

#include "common.h"

#define VF_WIDTH 8
#define ST_ISA avx2
#define ST_TARGET __attribute__((target("avx2,fma")))
#define VF ST_TARGET ST_INLINE

typedef __m256 vf;

VF __m256i vf_first_lanes(int n) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32(n), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
VF vf vf_zero(void) { return _mm256_setzero_ps(); }
VF vf vf_set(float x) { return _mm256_set1_ps(x); }
VF vf vf_load(const float *p) { return _mm256_loadu_ps(p); }
VF vf vf_load_first(const float *p, int n) { return _mm256_maskload_ps(p, vf_first_lanes(n)); }
VF void vf_store(float *p, vf x) { _mm256_storeu_ps(p, x); }
VF void vf_store_first(float *p, vf x, int n) { _mm256_maskstore_ps(p, vf_first_lanes(n), x); }
VF vf vf_add(vf a, vf b) { return _mm256_add_ps(a, b); }
VF vf vf_subtract(vf a, vf b) { return _mm256_sub_ps(a, b); }
VF vf vf_multiply(vf a, vf b) { return _mm256_mul_ps(a, b); }
VF vf vf_divide(vf a, vf b) { return _mm256_div_ps(a, b); }
VF vf vf_multiply_add(vf a, vf b, vf c) { return _mm256_fmadd_ps(a, b, c); }
VF vf vf_max(vf a, vf b) { return _mm256_max_ps(a, b); }
VF vf vf_min(vf a, vf b) { return _mm256_min_ps(a, b); }
VF vf vf_magnitude(vf x) { return _mm256_andnot_ps(_mm256_set1_ps(-0.0f), x); }
VF vf vf_where_negative(vf x, vf a, vf b) {
  return _mm256_blendv_ps(b, a, _mm256_cmp_ps(x, _mm256_setzero_ps(), _CMP_LT_OQ));
}
VF vf vf_round(vf x) { return _mm256_round_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
VF vf vf_power_of_two(vf n) {
  const __m256i exponent = _mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127));
  return _mm256_castsi256_ps(_mm256_slli_epi32(exponent, 23));
}

VF __m128i vf_bf16(vf x) {
  const __m256i bits = _mm256_castps_si256(x);
  const __m256i odd = _mm256_and_si256(_mm256_srli_epi32(bits, 16), _mm256_set1_epi32(1));
  const __m256i rounded =
      _mm256_add_epi32(bits, _mm256_add_epi32(odd, _mm256_set1_epi32(0x7FFF)));
  const __m256i quiet = _mm256_or_si256(bits, _mm256_set1_epi32(0x400000));
  const __m256i is_nan = _mm256_castps_si256(_mm256_cmp_ps(x, x, _CMP_UNORD_Q));
  const __m256i high = _mm256_srli_epi32(_mm256_blendv_epi8(rounded, quiet, is_nan), 16);
  const __m256i packed = _mm256_packus_epi32(high, high);
  return _mm256_castsi256_si128(_mm256_permute4x64_epi64(packed, 0x08));
}
VF void vf_store_bf16(uint16_t *p, vf x) { _mm_storeu_si128((__m128i *)p, vf_bf16(x)); }
VF void vf_store_bf16_first(uint16_t *p, vf x, int n) {
  uint16_t lanes[VF_WIDTH];
  vf_store_bf16(lanes, x);
  memcpy(p, lanes, (size_t)n * 2);
}
