/* The list of instruction sets that the float kernels are built for, and the table of them. */
#ifndef C_STANCE_KERNELS_F32_KERNELS_H
#define C_STANCE_KERNELS_F32_KERNELS_H

#include "bf16_depthwise.h"
#include "bf16_rows.h"
#include "f32_depthwise.h"
#include "f32_elementwise.h"
#include "f32_gemm.h"
#include "f32_sparse.h"
#include "f32_windows.h"

#if defined(__x86_64__)
#define ST_F32_INSTRUCTION_SETS(V) V(scalar) V(avx2) V(avx512)
#define ST_BF16_INSTRUCTION_SETS(V) V(scalar) V(avx512bf16)
#elif defined(__aarch64__)
#define ST_F32_INSTRUCTION_SETS(V) V(scalar) V(neon)
#define ST_BF16_INSTRUCTION_SETS(V) V(scalar)
#else
#define ST_F32_INSTRUCTION_SETS(V) V(scalar)
#define ST_BF16_INSTRUCTION_SETS(V) V(scalar)
#endif

/* Every kernel of one instruction set, which `name` names as STANCE_ISA does. */
typedef struct {
  const char *name;
  st_gemm_packing packing;
  st_f32_gemm_function *gemm, *gemm_column;
  st_f32_depthwise_function *depthwise;
  st_f32_binary_function *binary;
  st_f32_activate_function *activate;
  st_f32_map_function *exponential, *logistic;
  st_f32_pooling_function *pooling;
  st_f32_sum_function *sum;
  st_f32_resize_function *resize;
  st_f32_blend_function *blend;
  st_f32_sparse_kernels sparse;
} st_f32_kernels;

/* What bfloat16 needs of one instruction set. */
typedef struct {
  const char *name;
  st_gemm_packing packing;
  st_f32_gemm_function *gemm, *gemm_column;
  st_bf16_depthwise_function *depthwise;
  st_bf16_rows_function *round_rows;
  st_bf16_widen_function *widen;
} st_bf16_kernels;

/* The tables, the plainest instruction set first; `count` entries. */
const st_f32_kernels *st_f32_kernels_table(int *count);
const st_bf16_kernels *st_bf16_kernels_table(int *count);

#define ST_DECLARE_F32(isa)                               \
  st_f32_gemm_function st_f32_gemm__##isa;                \
  st_f32_gemm_function st_f32_gemm_column__##isa;         \
  st_f32_depthwise_function st_f32_depthwise__##isa;      \
  st_f32_binary_function st_f32_binary__##isa;            \
  st_f32_activate_function st_f32_activate__##isa;        \
  st_f32_map_function st_f32_exponential__##isa;          \
  st_f32_map_function st_f32_logistic__##isa;             \
  st_f32_pooling_function st_f32_pooling__##isa;          \
  st_f32_sum_function st_f32_sum__##isa;                  \
  st_f32_resize_function st_f32_resize__##isa;            \
  st_f32_blend_function st_f32_blend__##isa;              \
  st_f32_to_planes_function st_f32_to_planes__##isa;      \
  st_f32_from_planes_function st_f32_from_planes__##isa;  \
  st_f32_sparse_product_function st_f32_sparse_product__##isa;  \
  st_f32_planes_depthwise_function st_f32_planes_depthwise__##isa;
ST_F32_INSTRUCTION_SETS(ST_DECLARE_F32)
#undef ST_DECLARE_F32

#define ST_DECLARE_BF16(isa)                              \
  st_f32_gemm_function st_bf16_gemm__##isa;               \
  st_f32_gemm_function st_bf16_gemm_column__##isa;        \
  st_bf16_depthwise_function st_bf16_depthwise__##isa;    \
  st_bf16_rows_function st_bf16_rows__##isa;              \
  st_bf16_widen_function st_bf16_widen__##isa;
ST_BF16_INSTRUCTION_SETS(ST_DECLARE_BF16)
#undef ST_DECLARE_BF16

#endif
