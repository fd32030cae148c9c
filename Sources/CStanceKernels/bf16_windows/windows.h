/* The functions of bf16_windows.h for one instruction set. Included behind one of vectors/. */
#include "../vectors/common.h"
#include "bf16_windows.h"

VF vf bf16_between(vf a, vf b, vf fraction) {
  return vf_multiply_add(vf_subtract(b, a), fraction, a);
}

VF vf row_elements(const void *row, const int is_bf16, ptrdiff_t at, int count) {
  if (is_bf16) {
    const uint16_t *x = (const uint16_t *)row + at;
    return count == VF_WIDTH ? vf_load_bf16(x) : vf_load_bf16_first(x, count);
  }
  const float *x = (const float *)row + at;
  return count == VF_WIDTH ? vf_load(x) : vf_load_first(x, count);
}

VF void store_resized(const st_bf16_resize *r, ptrdiff_t at, vf result, int count) {
  if (r->y_is_bf16) {
    uint16_t *y = (uint16_t *)r->y + at;
    if (count == VF_WIDTH) vf_store_bf16(y, result);
    else vf_store_bf16_first(y, result, count);
  } else {
    vf_store_first((float *)r->y + at, result, count);
  }
}

ST_TARGET void ST_VARIANT(st_bf16_resize)(const st_bf16_resize *r) {
  const ptrdiff_t length = (ptrdiff_t)r->width * r->channels;
  const vf vertical = vf_set(r->fraction);
  for (ptrdiff_t e = 0; e < length; e += VF_WIDTH) {
    const int count = length - e < VF_WIDTH ? (int)(length - e) : VF_WIDTH;
    const vf top = row_elements(r->top, r->x_is_bf16, e, count);
    const vf bottom = row_elements(r->bottom, r->x_is_bf16, e, count);
    vf_store_first(r->scratch + e, bf16_between(top, bottom, vertical), count);
  }
  ptrdiff_t at = 0;
  for (int j = 0; j < r->count; j++, at += r->channels) {
    const float *lower = r->scratch + r->lower[j], *upper = r->scratch + r->upper[j];
    const vf horizontal = vf_set(r->fractions[j]);
    int c = 0;
    for (; c + VF_WIDTH <= r->channels; c += VF_WIDTH) {
      const vf result = bf16_between(vf_load(lower + c), vf_load(upper + c), horizontal);
      store_resized(r, at + c, result, VF_WIDTH);
    }
    const int left = r->channels - c;
    if (left) {
      const vf a = vf_load_first(lower + c, left), b = vf_load_first(upper + c, left);
      store_resized(r, at + c, bf16_between(a, b, horizontal), left);
    }
  }
}

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
