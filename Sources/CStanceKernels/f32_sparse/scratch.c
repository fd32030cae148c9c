#include "f32_sparse.h"

size_t st_f32_sparse_scratch_count(int vector_width, int columns) {
  /* A block of x's channels and one of zeros, and all sums, up to whole vectors. */
  const size_t sums = ((size_t)columns + vector_width - 1) / vector_width * vector_width;
  return (ST_F32_SPARSE_BLOCK + 1 + sums) * vector_width * ST_F32_SPARSE_VECTORS;
}
