/* Requantisation of 64 sums at a time. */
#ifndef C_STANCE_KERNELS_U8_OUTPUT_AVX512_H
#define C_STANCE_KERNELS_U8_OUTPUT_AVX512_H

#include <immintrin.h>

#include "attributes.h"
#include "u8_output.h"

typedef struct {
  __m512 highest_step;
  __m512i zero_point, lowest, highest, flip;
} st_u8_output_zmm;

ST_TARGET_AVX512 ST_INLINE st_u8_output_zmm st_u8_output_load_zmm(const st_u8_output *output) {
  return (st_u8_output_zmm){
      _mm512_set1_ps(output->highest_step), _mm512_set1_epi16((short)output->zero_point),
      _mm512_set1_epi8((char)output->lowest), _mm512_set1_epi8((char)output->highest),
      _mm512_set1_epi8((char)output->flip)};
}

/* round(sum * scale): the minimum keeps what is too large for an int32 from turning negative. */
ST_TARGET_AVX512 ST_INLINE __m512i st_u8_steps_zmm(__m512i sum, const float *scales,
                                                   st_u8_output_zmm output, const int KIND) {
  __m512 real = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), _mm512_loadu_ps(scales));
  if (KIND == ST_U8_ANY) real = _mm512_min_ps(real, output.highest_step);
  return _mm512_cvtps_epi32(real);
}

/* Bytes of 64 steps that two saturating packs have made 16 bits wide. */
ST_TARGET_AVX512 ST_INLINE __m512i st_u8_bytes_zmm(__m512i low, __m512i high,
                                                   st_u8_output_zmm output, const int KIND) {
  if (KIND != ST_U8_PLAIN) {
    low = _mm512_adds_epi16(low, output.zero_point);
    high = _mm512_adds_epi16(high, output.zero_point);
  }
  __m512i bytes = _mm512_packus_epi16(low, high);
  if (KIND != ST_U8_PLAIN)
    bytes = _mm512_min_epu8(_mm512_max_epu8(bytes, output.lowest), output.highest);
  return _mm512_xor_si512(bytes, output.flip);
}

#endif
