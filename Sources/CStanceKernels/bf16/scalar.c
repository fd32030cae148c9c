#include "../vectors/scalar.h"

/* sum + (a0 * w0 + a1 * w1) for the pairs in each lane: a bfloat16 is the upper half of a float. */
VF vf add_pair_products(vf a, vf w, vf sum) {
  const vf_bits upper = {-0x10000, -0x10000, -0x10000, -0x10000};
  const vf low = (vf)((vf_bits)a << 16) * (vf)((vf_bits)w << 16);
  const vf high = (vf)((vf_bits)a & upper) * (vf)((vf_bits)w & upper);
  return sum + (low + high);
}

#define ST_GEMM ST_VARIANT(st_bf16_gemm)
#define ST_GEMM_MULTIPLY_ADD add_pair_products
#include "../bf16_gemm/results.h"
#include "../f32_gemm/tiles.h"
#define ST_GEMM_COLUMN ST_VARIANT(st_bf16_gemm_column)
#include "../f32_gemm/column.h"

#include "../bf16_depthwise/rows.h"
#include "../bf16_rows/rows.h"
