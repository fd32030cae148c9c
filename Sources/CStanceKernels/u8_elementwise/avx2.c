#if defined(__x86_64__)
#define SUFFIX avx2
#define TARGET ST_TARGET_AVX2
#include <immintrin.h>

#include "bodies.h"

/* 16 bytes of the table at a time: where x is not among them, the index turns out above 127. */
TARGET void st_u8_lookup__avx2(const uint8_t *x, const uint8_t *table, uint8_t *y,
                               ptrdiff_t count) {
  __m256i parts[16];
  for (int p = 0; p < 16; p++)
    parts[p] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(table + 16 * p)));
  const __m256i beyond = _mm256_set1_epi8(0x70);
  ptrdiff_t i = 0;
  for (; i + 32 <= count; i += 32) {
    const __m256i v = _mm256_loadu_si256((const __m256i *)(x + i));
    __m256i result = _mm256_setzero_si256();
    ST_UNROLL
    for (int p = 0; p < 16; p++) {
      const __m256i index =
          _mm256_adds_epu8(_mm256_xor_si256(v, _mm256_set1_epi8((char)(16 * p))), beyond);
      result = _mm256_or_si256(result, _mm256_shuffle_epi8(parts[p], index));
    }
    _mm256_storeu_si256((__m256i *)(y + i), result);
  }
  for (; i < count; i++) y[i] = table[x[i]];
}
#endif
