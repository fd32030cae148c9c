#include "variants.h"

#if defined(__x86_64__)
#include "../common/u8_output_avx2.h"

#define TARGET ST_TARGET_AVX2
#define INLINE ST_TARGET_AVX2 ST_INLINE

/* 16 channels of a pixel as int16; `count` of them where fewer are left. */
INLINE __m256i channels(const uint8_t *x, ptrdiff_t count, __m128i flip) {
  __m128i bytes;
  if (count >= 16) {
    bytes = _mm_loadu_si128((const __m128i *)x);
  } else {
    uint8_t all[16] = {0};
    memcpy(all, x, (size_t)count);
    bytes = _mm_loadu_si128((const __m128i *)all);
  }
  return _mm256_cvtepu8_epi16(_mm_xor_si128(bytes, flip));
}

TARGET void st_u8_depthwise__avx2_16(const st_u8_depthwise *layer, const uint8_t *const *taps,
                                     ptrdiff_t tap_stride, uint8_t *y, ptrdiff_t ldy,
                                     ptrdiff_t pixel_count) {
  const __m128i flip = _mm_set1_epi8((char)layer->input_flip);
  for (ptrdiff_t p = 0; p < pixel_count; p++) {
    const __m256i *w = layer->weights;
    for (int32_t block = 0; block < layer->block_count; block++) {
      const ptrdiff_t at = p * tap_stride + 16 * block, left = layer->channel_count - 16 * block;
      __m256i low = _mm256_load_si256((const __m256i *)(layer->bias + 16 * block));
      __m256i high = _mm256_load_si256((const __m256i *)(layer->bias + 16 * block + 8));
      for (int32_t g = 0; g < layer->group_count; g++, w += 2) {
        const __m256i a = channels(taps[2 * g] + at, left, flip);
        const __m256i b = channels(taps[2 * g + 1] + at, left, flip);
        low = _mm256_add_epi32(
            low, _mm256_madd_epi16(_mm256_unpacklo_epi16(a, b), _mm256_load_si256(w)));
        high = _mm256_add_epi32(
            high, _mm256_madd_epi16(_mm256_unpackhi_epi16(a, b), _mm256_load_si256(w + 1)));
      }
      st_store_xmm(y + p * ldy + 16 * block,
                   st_u8_bytes_ymm(low, high, layer->scales + 16 * block, &layer->output), left);
    }
  }
}

#endif
