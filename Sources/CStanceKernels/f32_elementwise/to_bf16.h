/* st_f32_to_bf16 for one instruction set. Included behind one of vectors/. */
#include "f32_elementwise.h"

ST_TARGET void ST_VARIANT(st_f32_to_bf16)(const float *x, uint16_t *y, ptrdiff_t count) {
  ptrdiff_t i = 0;
  for (; i + VF_WIDTH <= count; i += VF_WIDTH) vf_store_bf16(y + i, vf_load(x + i));
  const int left = (int)(count - i);
  if (left) vf_store_bf16_first(y + i, vf_load_first(x + i, left), left);
}
