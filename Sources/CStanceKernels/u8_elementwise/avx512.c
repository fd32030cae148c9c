#if defined(__x86_64__)
#define SUFFIX avx512
#define TARGET ST_TARGET_AVX512
#include <immintrin.h>

#include "bodies.h"

/* The table's words that hold the wanted bytes, then the bytes: index in the low byte of each word. */
ST_TARGET_AVX512 ST_INLINE __m512i entries(__m512i index, const __m512i words[4]) {
  const __m512i word = _mm512_srli_epi16(index, 1);
  const __m512i low = _mm512_permutex2var_epi16(words[0], word, words[1]);
  const __m512i high = _mm512_permutex2var_epi16(words[2], word, words[3]);
  const __mmask32 is_high = _mm512_test_epi16_mask(index, _mm512_set1_epi16(0x80));
  const __m512i pair = _mm512_mask_blend_epi16(is_high, low, high);
  const __m512i shift =
      _mm512_slli_epi16(_mm512_and_si512(index, _mm512_set1_epi16(1)), 3);
  return _mm512_and_si512(_mm512_srlv_epi16(pair, shift), _mm512_set1_epi16(0xff));
}

TARGET void st_u8_lookup__avx512(const uint8_t *x, const uint8_t *table, uint8_t *y,
                                 ptrdiff_t count) {
  __m512i words[4];
  for (int p = 0; p < 4; p++) words[p] = _mm512_loadu_si512(table + 64 * p);
  for (ptrdiff_t i = 0; i < count; i += 64) {
    const __mmask64 mask = count - i >= 64 ? ~0ull : ~0ull >> (64 - (count - i));
    const __m512i v = _mm512_maskz_loadu_epi8(mask, x + i);
    const __m512i even = entries(_mm512_and_si512(v, _mm512_set1_epi16(0xff)), words);
    const __m512i odd = entries(_mm512_srli_epi16(v, 8), words);
    const __m512i result = _mm512_or_si512(even, _mm512_slli_epi16(odd, 8));
    if (mask == ~0ull)
      _mm512_storeu_si512(y + i, result);
    else
      _mm512_mask_storeu_epi8(y + i, mask, result);
  }
}
#endif
