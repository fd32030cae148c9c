#include "f32_kernels.h"

#include "../f32_gemm/shapes.h"

#define ENTRY(isa)                                                                       \
  {#isa,                                                                                 \
   ST_PACKING_##isa,                                                                         \
   st_f32_gemm__##isa,                                                                   \
   st_f32_gemm_column__##isa,                                                            \
   st_f32_depthwise__##isa,                                                              \
   st_f32_binary__##isa,                                                                 \
   st_f32_activate__##isa,                                                               \
   st_f32_exponential__##isa,                                                            \
   st_f32_logistic__##isa,                                                               \
   st_f32_pooling__##isa,                                                                \
   st_f32_sum__##isa,                                                                    \
   st_f32_resize__##isa,                                                                 \
   st_f32_blend__##isa,                                                                  \
   {st_f32_to_planes__##isa,                                                             \
    st_f32_from_planes__##isa,                                                           \
    st_f32_sparse_product__##isa,                                                        \
    st_f32_planes_depthwise__##isa}},
static const st_f32_kernels f32_table[] = {ST_F32_INSTRUCTION_SETS(ENTRY)};

#define BF16_ENTRY(isa)                                                                  \
  {#isa,                                                                                 \
   ST_PACKING_##isa,                                                                     \
   st_bf16_gemm__##isa,                                                                  \
   st_bf16_gemm_column__##isa,                                                           \
   st_bf16_depthwise__##isa,                                                             \
   st_bf16_rows__##isa,                                                                  \
   st_bf16_widen__##isa},
static const st_bf16_kernels bf16_table[] = {ST_BF16_INSTRUCTION_SETS(BF16_ENTRY)};

const st_f32_kernels *st_f32_kernels_table(int *count) {
  *count = sizeof f32_table / sizeof f32_table[0];
  return f32_table;
}

const st_bf16_kernels *st_bf16_kernels_table(int *count) {
  *count = sizeof bf16_table / sizeof bf16_table[0];
  return bf16_table;
}
