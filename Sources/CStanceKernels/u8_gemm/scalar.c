#include "variants.h"

#include "../common/u8_output_scalar.h"

void st_u8_widen__scalar(const uint8_t *x, uint8_t flip, int16_t *y, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) y[i] = x[i] ^ flip;
}

void st_u8_gemm__scalar_1x16(const st_u8_gemm_panel *panel, const void *const *segments,
                             ptrdiff_t lda, uint8_t *c, ptrdiff_t ldc, ptrdiff_t row_count) {
  const int32_t width = 4 * panel->register_count;
  for (ptrdiff_t row = 0; row < row_count; row++) {
    const int16_t *a = (const int16_t *)((const uint8_t *)segments[0] + row * lda);
    const int16_t *w = panel->weights;
    uint32_t sums[16];
    for (int32_t n = 0; n < width; n++) sums[n] = (uint32_t)panel->bias[n];
    for (int32_t k = 0; k < panel->step_count; k++, w += width)
      for (int32_t n = 0; n < width; n++) sums[n] += (uint32_t)((int32_t)a[k] * w[n]);
    for (int32_t n = 0; n < panel->column_count; n++)
      c[row * ldc + n] = st_u8_byte((int32_t)sums[n], panel->scales[n], &panel->output);
  }
}
