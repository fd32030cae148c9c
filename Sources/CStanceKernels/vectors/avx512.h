/* Sixteen floats: AVX-512 F, BW, DQ, VL. See common.h. */
#include <immintrin.h>

#include "common.h"

#define VF_WIDTH 16
#define ST_HAS_32_REGISTERS 1
#ifndef ST_ISA
#define ST_ISA avx512
#define ST_TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")))
#endif
#define VF ST_TARGET ST_INLINE

typedef __m512 vf;

VF __mmask16 vf_first_lanes(int n) { return (__mmask16)((1u << n) - 1); }
VF vf vf_zero(void) { return _mm512_setzero_ps(); }
VF vf vf_set(float x) { return _mm512_set1_ps(x); }
VF vf vf_load(const float *p) { return _mm512_loadu_ps(p); }
VF vf vf_load_first(const float *p, int n) { return _mm512_maskz_loadu_ps(vf_first_lanes(n), p); }
VF void vf_store(float *p, vf x) { _mm512_storeu_ps(p, x); }
VF void vf_store_first(float *p, vf x, int n) { _mm512_mask_storeu_ps(p, vf_first_lanes(n), x); }
VF vf vf_add(vf a, vf b) { return _mm512_add_ps(a, b); }
VF vf vf_subtract(vf a, vf b) { return _mm512_sub_ps(a, b); }
VF vf vf_multiply(vf a, vf b) { return _mm512_mul_ps(a, b); }
VF vf vf_divide(vf a, vf b) { return _mm512_div_ps(a, b); }
VF vf vf_multiply_add(vf a, vf b, vf c) { return _mm512_fmadd_ps(a, b, c); }
VF vf vf_max(vf a, vf b) { return _mm512_max_ps(a, b); }
VF vf vf_min(vf a, vf b) { return _mm512_min_ps(a, b); }
VF vf vf_magnitude(vf x) { return _mm512_abs_ps(x); }
VF vf vf_where_negative(vf x, vf a, vf b) {
  return _mm512_mask_blend_ps(_mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_LT_OQ), b, a);
}
VF vf vf_round(vf x) {
  return _mm512_roundscale_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
VF vf vf_power_of_two(vf n) {
  const __m512i exponent = _mm512_add_epi32(_mm512_cvtps_epi32(n), _mm512_set1_epi32(127));
  return _mm512_castsi512_ps(_mm512_slli_epi32(exponent, 23));
}

#if defined(ST_HAS_BF16)
VF __m256i vf_bf16(vf x) { return (__m256i)_mm512_cvtneps_pbh(x); }
#else
VF __m256i vf_bf16(vf x) {
  const __m512i bits = _mm512_castps_si512(x);
  const __m512i odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
  const __m512i rounded =
      _mm512_add_epi32(bits, _mm512_add_epi32(odd, _mm512_set1_epi32(0x7FFF)));
  const __m512i quiet = _mm512_or_si512(bits, _mm512_set1_epi32(0x400000));
  const __mmask16 is_nan = _mm512_cmp_ps_mask(x, x, _CMP_UNORD_Q);
  return _mm512_cvtepi32_epi16(
      _mm512_srli_epi32(_mm512_mask_blend_epi32(is_nan, rounded, quiet), 16));
}
#endif
VF void vf_store_bf16(uint16_t *p, vf x) { _mm256_storeu_si256((__m256i *)p, vf_bf16(x)); }
VF void vf_store_bf16_first(uint16_t *p, vf x, int n) {
  /* Stores masked by 16 bits take many times as long as others. */
  if (n % 2) _mm256_mask_storeu_epi16(p, vf_first_lanes(n), vf_bf16(x));
  else _mm256_mask_storeu_epi32(p, (__mmask8)((1u << n / 2) - 1), vf_bf16(x));
}
VF vf vf_from_bf16(__m256i x) {
  return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(x), 16));
}
VF vf vf_load_bf16(const uint16_t *p) {
  return vf_from_bf16(_mm256_loadu_si256((const __m256i *)p));
}
VF vf vf_load_bf16_first(const uint16_t *p, int n) {
  return vf_from_bf16(_mm256_maskz_loadu_epi16(vf_first_lanes(n), p));
}
