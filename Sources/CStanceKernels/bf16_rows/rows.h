/* The functions of bf16_rows.h for one instruction set. Included behind one of vectors/. */
#include "../vectors/common.h"
#include "bf16_rows.h"

/* `count` elements from x[at] on. */
VF void round_row(const st_bf16_rows *s, ptrdiff_t at, uint16_t *y, ptrdiff_t count) {
  if (s->x_is_bf16) {
    memcpy(y, (const uint16_t *)s->x + at, (size_t)count * 2);
    return;
  }
  const float *x = (const float *)s->x + at;
  ptrdiff_t i = 0;
  for (; i + VF_WIDTH <= count; i += VF_WIDTH) vf_store_bf16(y + i, vf_load(x + i));
  const int left = (int)(count - i);
  if (left) vf_store_bf16_first(y + i, vf_load_first(x + i, left), left);
}

ST_TARGET void ST_VARIANT(st_bf16_rows)(const st_bf16_rows *s) {
  if (s->y_stride == s->length) {
    round_row(s, 0, s->y, s->rows * s->length);
    return;
  }
  ptrdiff_t r = 0;
#if defined(ST_HAS_BF16)
  if (s->length == 3 && !s->x_is_bf16) {
    /* Pixels of a picture, four at a time: each gets a zero behind its three elements. */
    const float *x = (const float *)s->x;
    for (; r + 4 <= s->rows; r += 4) {
      __builtin_prefetch(x + 3 * r + 1024);
      const vf pixels = _mm512_maskz_expand_ps(0x7777, vf_load_first(x + 3 * r, 12));
      vf_store_bf16(s->y + 4 * r, pixels);
    }
  }
#endif
  for (; r < s->rows; r++) {
    uint16_t *y = s->y + r * s->y_stride;
    round_row(s, r * s->length, y, s->length);
    if (s->y_stride > s->length) y[s->length] = 0;
  }
}

ST_TARGET void ST_VARIANT(st_bf16_widen)(const uint16_t *x, float *y, ptrdiff_t count) {
  ptrdiff_t i = 0;
  for (; i + VF_WIDTH <= count; i += VF_WIDTH) vf_store(y + i, vf_load_bf16(x + i));
  const int left = (int)(count - i);
  if (left) vf_store_first(y + i, vf_load_bf16_first(x + i, left), left);
}
