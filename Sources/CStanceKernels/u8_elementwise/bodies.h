/*
 * The loops, written once. Each instruction set's file includes this with its own SUFFIX and TARGET,
 * and the compiler vectorises them for it.
 */
#include "../common/u8_output_scalar.h"
#include "u8_elementwise.h"

#define JOIN_(name, suffix) name##__##suffix
#define JOIN(name, suffix) JOIN_(name, suffix)
#define KERNEL(name) TARGET void JOIN(name, SUFFIX)

ST_INLINE uint8_t sum_of(int32_t x, int32_t y, const st_u8_sum_terms *t) {
  const uint32_t sum = (uint32_t)t->bias + (uint32_t)x * (uint32_t)t->a_factor +
                       (uint32_t)y * (uint32_t)t->b_factor;
  int32_t steps = ((int32_t)sum >> t->shift) + t->zero_point;
  steps = steps < t->lowest ? t->lowest : steps;
  steps = steps > t->highest ? t->highest : steps;
  return (uint8_t)(steps ^ t->flip);
}

KERNEL(st_u8_sum)(const uint8_t *a, ptrdiff_t a_step, const uint8_t *b, ptrdiff_t b_step,
                  uint8_t *y, ptrdiff_t count, const st_u8_sum_terms *terms) {
  const st_u8_sum_terms t = *terms;
  if (a_step && b_step) {
    for (ptrdiff_t i = 0; i < count; i++) y[i] = sum_of(a[i] ^ t.flip, b[i] ^ t.flip, &t);
  } else if (count > 0 && a_step) {
    const int32_t constant = *b ^ t.flip;
    for (ptrdiff_t i = 0; i < count; i++) y[i] = sum_of(a[i] ^ t.flip, constant, &t);
  } else if (count > 0) {
    const int32_t constant = *a ^ t.flip;
    for (ptrdiff_t i = 0; i < count; i++)
      y[i] = sum_of(constant, b[b_step ? i : 0] ^ t.flip, &t);
  }
}

ST_INLINE uint8_t product_of(int32_t x, int32_t y, const st_u8_product_terms *t) {
  return st_u8_byte(((x ^ t->input_flip) - t->a_zero_point) *
                        ((y ^ t->input_flip) - t->b_zero_point),
                    t->scale, &t->output);
}

KERNEL(st_u8_product)(const uint8_t *a, ptrdiff_t a_step, const uint8_t *b, ptrdiff_t b_step,
                      uint8_t *y, ptrdiff_t count, const st_u8_product_terms *terms) {
  const st_u8_product_terms t = *terms;
  if (a_step && b_step) {
    for (ptrdiff_t i = 0; i < count; i++) y[i] = product_of(a[i], b[i], &t);
  } else if (count > 0 && a_step) {
    const uint8_t constant = *b;
    for (ptrdiff_t i = 0; i < count; i++) y[i] = product_of(a[i], constant, &t);
  } else if (count > 0) {
    const uint8_t constant = *a;
    for (ptrdiff_t i = 0; i < count; i++) y[i] = product_of(constant, b[b_step ? i : 0], &t);
  }
}

KERNEL(st_u8_quantize)(const float *x, float scale, uint8_t *y, ptrdiff_t count,
                       const st_u8_output *output) {
  const st_u8_output o = *output;
  for (ptrdiff_t i = 0; i < count; i++) {
    float steps = x[i] * scale;
    steps = steps < o.highest_step ? steps : o.highest_step;
    steps = steps > o.lowest_step ? steps : o.lowest_step;
    y[i] = (uint8_t)((st_round_to_even(steps) + o.zero_point) ^ o.flip);
  }
}

KERNEL(st_u8_dequantize)(const uint8_t *x, uint8_t flip, int32_t zero_point, float scale, float *y,
                         ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) y[i] = (float)((x[i] ^ flip) - zero_point) * scale;
}

KERNEL(st_u8_interpolate)(const uint8_t *const corners[4], int32_t horizontal, int32_t vertical,
                          uint8_t flip, uint8_t *y, ptrdiff_t count) {
  const uint8_t *top_left = corners[0], *top_right = corners[1];
  const uint8_t *bottom_left = corners[2], *bottom_right = corners[3];
  for (ptrdiff_t i = 0; i < count; i++) {
    const int32_t a = top_left[i] ^ flip, b = top_right[i] ^ flip;
    const int32_t c = bottom_left[i] ^ flip, d = bottom_right[i] ^ flip;
    const int32_t top = a * 2048 + (b - a) * horizontal;
    const int32_t bottom = c * 2048 + (d - c) * horizontal;
    const int32_t sum = top * 2048 + (bottom - top) * vertical;
    y[i] = (uint8_t)(((sum + (1 << 21)) >> 22) ^ flip);
  }
}

KERNEL(st_u8_maximum)(const uint8_t *x, uint8_t flip, uint8_t *y, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) {
    const uint8_t v = x[i] ^ flip, w = y[i] ^ flip;
    y[i] = (v > w ? v : w) ^ flip;
  }
}

KERNEL(st_u8_accumulate)(const uint8_t *x, uint8_t flip, int32_t *sums, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) sums[i] += x[i] ^ flip;
}

/* Rows are taken together until they are at least 128 bytes, so that short ones are fast too. */
KERNEL(st_u8_extremum)(const uint8_t *x, uint8_t flip, ptrdiff_t row_count, ptrdiff_t inner,
                       int32_t *rows, uint8_t *work) {
  const ptrdiff_t group = inner >= 128 ? 1 : (127 + inner) / inner, width = group * inner;
  const ptrdiff_t count = row_count * inner;
  uint8_t *best = work, *open = work + width;
  for (ptrdiff_t k = 0; k < width; k++) best[k] = 0;
  ptrdiff_t i = 0;
  for (; i + width <= count; i += width) {
    for (ptrdiff_t k = 0; k < width; k++) {
      const uint8_t v = x[i + k] ^ flip;
      best[k] = v > best[k] ? v : best[k];
    }
  }
  for (; i < count; i++) {
    const uint8_t v = x[i] ^ flip;
    if (v > best[i % width]) best[i % width] = v;
  }
  for (ptrdiff_t k = inner; k < width; k++)
    if (best[k] > best[k % inner]) best[k % inner] = best[k];
  for (ptrdiff_t k = width - 1; k >= 0; k--) {
    best[k] = best[k % inner] ^ flip;
    open[k] = 1;
  }
  /* Again from the start: where a column's best element is met first. */
  ptrdiff_t left = inner;
  for (i = 0; i < count && left > 0; i += width) {
    const ptrdiff_t length = count - i < width ? count - i : width;
    uint8_t any = 0;
    for (ptrdiff_t k = 0; k < length; k++) any |= (uint8_t)(x[i + k] == best[k]) & open[k];
    if (!any) continue;
    for (ptrdiff_t k = 0; k < length; k++) {
      if (!open[k] || x[i + k] != best[k]) continue;
      rows[k % inner] = (int32_t)((i + k) / inner);
      for (ptrdiff_t n = k % inner; n < width; n += inner) open[n] = 0;
      left--;
    }
  }
}
