#if defined(__x86_64__)

#define ST_ISA avx512bf16
#define ST_TARGET \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,avx2,fma")))
#define ST_HAS_BF16 1
#include "../vectors/avx512.h"

#define ST_GEMM ST_VARIANT(st_bf16_gemm)
#define ST_GEMM_MULTIPLY_ADD(a, w, sum) _mm512_dpbf16_ps(sum, (__m512bh)(a), (__m512bh)(w))
#include "../bf16_gemm/results.h"
#include "../f32_gemm/tiles.h"
#define ST_GEMM_COLUMN ST_VARIANT(st_bf16_gemm_column)
#include "../f32_gemm/column.h"

#include "../bf16_depthwise/rows.h"
#include "../bf16_rows/rows.h"

#endif
