/* Requantisation of 16 sums at a time. */
#ifndef C_STANCE_KERNELS_U8_OUTPUT_AVX2_H
#define C_STANCE_KERNELS_U8_OUTPUT_AVX2_H

#include <immintrin.h>
#include <string.h>

#include "attributes.h"
#include "u8_output.h"

/* The lowest bytes of a register, `count` of them. */
ST_TARGET_AVX2 ST_INLINE void st_store_xmm(uint8_t *y, __m128i bytes, ptrdiff_t count) {
  if (count >= 16) {
    _mm_storeu_si128((__m128i *)y, bytes);
  } else {
    uint8_t all[16];
    _mm_storeu_si128((__m128i *)all, bytes);
    memcpy(y, all, (size_t)count);
  }
}

ST_TARGET_AVX2 ST_INLINE __m256i st_u8_steps_ymm(__m256i sum, const float *scales,
                                                 __m256 highest_step) {
  const __m256 real = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), _mm256_loadu_ps(scales));
  /* The minimum keeps what is too large for an int32 from turning negative. */
  return _mm256_cvtps_epi32(_mm256_min_ps(real, highest_step));
}

/* Bytes of 16 sums: packing interleaves a and b in groups of 4. */
ST_TARGET_AVX2 ST_INLINE __m128i st_u8_bytes_ymm(__m256i a, __m256i b, const float *scales,
                                                 const st_u8_output *output) {
  const __m256 highest = _mm256_set1_ps(output->highest_step);
  const __m256i steps = _mm256_adds_epi16(
      _mm256_packs_epi32(st_u8_steps_ymm(a, scales, highest),
                         st_u8_steps_ymm(b, scales + 8, highest)),
      _mm256_set1_epi16((short)output->zero_point));
  const __m128i bytes =
      _mm_packus_epi16(_mm256_castsi256_si128(steps), _mm256_extracti128_si256(steps, 1));
  return _mm_xor_si128(_mm_max_epu8(bytes, _mm_set1_epi8((char)output->lowest)),
                       _mm_set1_epi8((char)output->flip));
}

#endif
