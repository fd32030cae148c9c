#if defined(__x86_64__)

#include <immintrin.h>

#include "loop.h"

#define ST_TARGET_AVX512BF16 \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16")))

#define BYTES_TOTAL(sum) ((float)_mm512_cvtsi512_si32(sum))
#define FLOATS_TOTAL(sum) _mm512_cvtss_f32(sum)

ST_PEAK_LOOP(st_peak_u8__avx512vnni, ST_TARGET_AVX512VNNI, 16, __m512i, __m512i, "v",
             _mm512_setzero_si512(), _mm512_set1_epi8(1), _mm512_dpbusd_epi32, BYTES_TOTAL)

#define MULTIPLY_ADD(sum, a, b) _mm512_fmadd_ps(a, b, sum)
ST_PEAK_LOOP(st_peak_f32__avx512, ST_TARGET_AVX512, 16, __m512, __m512, "v", _mm512_setzero_ps(),
             _mm512_set1_ps(0x1p-9f), MULTIPLY_ADD, FLOATS_TOTAL)

/* 2^-9 twice in each lane. */
#define MULTIPLY_ADD_BF16(sum, a, b) _mm512_dpbf16_ps(sum, (__m512bh)(a), (__m512bh)(b))
ST_PEAK_LOOP(st_peak_bf16__avx512bf16, ST_TARGET_AVX512BF16, 16, __m512, __m512i, "v",
             _mm512_setzero_ps(), _mm512_set1_epi16(0x3B00), MULTIPLY_ADD_BF16, FLOATS_TOTAL)

#endif
