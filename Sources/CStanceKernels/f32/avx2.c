#if defined(__x86_64__)

#include "../vectors/avx2.h"

#define ST_GEMM ST_VARIANT(st_f32_gemm)
#define ST_GEMM_MULTIPLY_ADD vf_multiply_add
#include "../f32_gemm/tiles.h"
#define ST_GEMM_COLUMN ST_VARIANT(st_f32_gemm_column)
#include "../f32_gemm/column.h"

#include "../f32_depthwise/rows.h"
#include "../f32_elementwise/elementwise.h"
#include "../f32_sparse/transposition.h"
#include "../f32_sparse/product.h"
#include "../f32_sparse/depthwise.h"
#include "../f32_windows/windows.h"

#endif
