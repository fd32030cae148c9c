#if defined(__x86_64__)

#include <immintrin.h>

#include "loop.h"

#define BYTES_TOTAL(sum) ((float)_mm256_extract_epi32(sum, 0))
#define FLOATS_TOTAL(sum) _mm256_cvtss_f32(sum)

/* Bytes are widened before, as in the kernels. */
#define MULTIPLY_ADD_WIDENED(sum, a, b) _mm256_add_epi32(sum, _mm256_madd_epi16(a, b))
ST_PEAK_LOOP(st_peak_u8__avx2, ST_TARGET_AVX2, 12, __m256i, __m256i, "x", _mm256_setzero_si256(),
             _mm256_set1_epi16(1), MULTIPLY_ADD_WIDENED, BYTES_TOTAL)

ST_PEAK_LOOP(st_peak_u8__avxvnni, ST_TARGET_AVXVNNI, 12, __m256i, __m256i, "x",
             _mm256_setzero_si256(), _mm256_set1_epi8(1), _mm256_dpbusd_avx_epi32, BYTES_TOTAL)

#define MULTIPLY_ADD(sum, a, b) _mm256_fmadd_ps(a, b, sum)
ST_PEAK_LOOP(st_peak_f32__avx2, ST_TARGET_AVX2, 12, __m256, __m256, "x", _mm256_setzero_ps(),
             _mm256_set1_ps(0x1p-9f), MULTIPLY_ADD, FLOATS_TOTAL)

#endif
