#include "../vectors/common.h"
#include "f32_gemm.h"

static int vectors_of(st_gemm_packing packing, int columns) {
  return (columns + packing.width - 1) / packing.width;
}

size_t st_f32_gemm_packed_count(st_gemm_packing packing, int depth, int columns) {
  return (size_t)depth * vectors_of(packing, columns) * packing.width;
}

size_t st_bf16_gemm_packed_count(st_gemm_packing packing, int depth, int columns) {
  return st_f32_gemm_packed_count(packing, (depth + 1) / 2, columns) * 2;
}

/* The position of w[k, n], where a step of depth is `step` elements. */
static size_t position(st_gemm_packing packing, int depth, int columns, int k, int n, int step) {
  const int steps = (depth + step - 1) / step, vector = n / packing.width;
  int first = 0, left = vectors_of(packing, columns), here = 0;
  for (;;) {
    here = left == packing.panel + 1 ? left : st_smaller(left, packing.panel);
    if (vector < first + here) break;
    first += here;
    left -= here;
  }
  const size_t row = (size_t)first * steps + (size_t)(k / step) * here + (vector - first);
  return (row * packing.width + n % packing.width) * step + k % step;
}

void st_f32_gemm_pack(
    st_gemm_packing packing, int depth, int columns, const float *weights, ptrdiff_t depth_stride,
    ptrdiff_t column_stride, float *packed) {
  memset(packed, 0, st_f32_gemm_packed_count(packing, depth, columns) * 4);
  for (int n = 0; n < columns && depth > 0; n++) {
    float *column = packed + position(packing, depth, columns, 0, n, 1);
    const size_t step =
        depth > 1 ? position(packing, depth, columns, 1, n, 1) - (column - packed) : 0;
    for (int k = 0; k < depth; k++) {
      column[k * step] = weights[k * depth_stride + n * column_stride];
    }
  }
}

void st_bf16_gemm_pack(
    st_gemm_packing packing, int depth, int columns, const float *weights, ptrdiff_t depth_stride,
    ptrdiff_t column_stride, uint16_t *packed) {
  memset(packed, 0, st_bf16_gemm_packed_count(packing, depth, columns) * 2);
  for (int n = 0; n < columns && depth > 0; n++) {
    uint16_t *column = packed + position(packing, depth, columns, 0, n, 2);
    const size_t step =
        depth > 2 ? position(packing, depth, columns, 2, n, 2) - (column - packed) : 0;
    for (int k = 0; k < depth; k++) {
      column[k / 2 * step + k % 2] =
          st_bf16_from_f32(weights[k * depth_stride + n * column_stride]);
    }
  }
}

size_t st_f32_gemm_column_count(st_gemm_packing packing, int segments, int segment_length) {
  return (size_t)segments * ((segment_length + packing.width - 1) / packing.width) * packing.width;
}

void st_f32_gemm_column_pack(
    st_gemm_packing packing, int segments, int segment_length, const float *weights,
    ptrdiff_t depth_stride, float *packed) {
  const size_t padded = st_f32_gemm_column_count(packing, 1, segment_length);
  memset(packed, 0, segments * padded * 4);
  for (int i = 0; i < segments; i++) {
    for (int k = 0; k < segment_length; k++) {
      packed[i * padded + k] = weights[((ptrdiff_t)i * segment_length + k) * depth_stride];
    }
  }
}

size_t st_bf16_gemm_column_count(st_gemm_packing packing, int segments, int length) {
  return st_f32_gemm_column_count(packing, segments, (length + 1) / 2) * 2;
}

void st_bf16_gemm_column_pack(
    st_gemm_packing packing, int segments, int length, const float *weights,
    ptrdiff_t depth_stride, uint16_t *packed) {
  const size_t padded = st_bf16_gemm_column_count(packing, 1, length);
  memset(packed, 0, segments * padded * 2);
  for (int i = 0; i < segments; i++) {
    for (int k = 0; k < length; k++) {
      packed[i * padded + k] =
          st_bf16_from_f32(weights[((ptrdiff_t)i * length + k) * depth_stride]);
    }
  }
}
